import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf, type Verdict } from '../src/index.ts';

const cases: [string, number[], Verdict][] = [
  ['without a reading nothing is known', [], 'no data'],
  ['the latest reading counts', [100, 1, 1], 'on course'],
  ['two readings are too few', [5, 6], 'below target'],
  ['one that is better than before is hope', [7, 6, 6], 'below target'],
  ['a target that was reached a moment ago is hope', [50, 60, 100], 'below target'],
  ['three that get no better are enough', [5, 5, 6, 200], 'time to pivot'],
];
for (const [name, values, verdict] of cases) {
  test(name, () => {
    const readings = values.map((value) => ({ value, at: '2026-11-22T00:00:00.000Z' }));
    assert.equal(verdictOf({ target: 100, readings }), verdict);
  });
}
