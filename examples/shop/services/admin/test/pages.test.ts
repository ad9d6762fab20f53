import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf } from '../src/pages.ts';

test('paths mean pages', () => {
  assert.deepEqual(pageOf('/'), { name: 'items' });
  assert.deepEqual(pageOf('/items/17'), { name: 'item', id: 17 });
  assert.deepEqual(pageOf('/live/'), { name: 'live' });
  assert.deepEqual(pageOf('/items/lamp'), { name: 'missing' });
  assert.deepEqual(pageOf('/nowhere'), { name: 'missing' });
});
