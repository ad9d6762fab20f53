import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { migrations } from '../src/migrations/list.ts';

test('every migration is on the list, in the order of its number', () => {
  const folder = new URL('../src/migrations/', import.meta.url);
  const files = readdirSync(folder).filter((file) => /^\d/.test(file)).sort();
  assert.deepEqual(migrations.map(({ name }) => `${name}.ts`), files);
});
