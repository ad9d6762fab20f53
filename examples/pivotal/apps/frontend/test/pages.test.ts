import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf } from '../src/pages.ts';

test('paths mean pages', () => {
  assert.deepEqual(pageOf('/'), { name: 'board' });
  assert.deepEqual(pageOf('/metrics/17/'), { name: 'metric', id: 17 });
  assert.deepEqual(pageOf('/metrics/lamp'), { name: 'missing' });
  assert.deepEqual(pageOf('/nowhere'), { name: 'missing' });
});
