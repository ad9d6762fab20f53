import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CachedBoard, type Cache } from '../src/cached-board.ts';
import { MemoryBoard } from './memory-board.ts';

class CountingBoard extends MemoryBoard {
  reads = 0;

  override read() {
    this.reads++;
    return super.read();
  }
}

function cache(): Cache {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => kept.set(key, value),
    incr: async (key) => {
      const next = Number(kept.get(key) ?? 0) + 1;
      kept.set(key, String(next));
      return next;
    },
  };
}

const target = { name: 'sign-ups', unit: '', target: 100 };

test('a board is read once, and again after somebody wrote', async () => {
  const store = new CountingBoard();
  const board = new CachedBoard(store, cache());
  await board.read();
  assert.deepEqual(await board.read(), { metrics: [], pivots: [] });
  assert.equal(store.reads, 1);

  await board.addMetric(target);
  await board.addReading(1, 5);
  await board.addPivot({ title: 'schools first', reason: 'nobody signs up' });
  const after = await board.read();
  assert.equal(after.metrics[0]?.readings[0]?.value, 5);
  assert.equal(after.pivots.length, 1);
  assert.equal(store.reads, 2);
});

test('what was found out before a write is not read after it', async () => {
  const store = new CountingBoard();
  const board = new CachedBoard(store, cache());
  const found = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  const read = store.read.bind(store);
  store.read = async () => {
    const result = await read();
    found.resolve();
    await late.promise;
    return result;
  };
  const before = board.read();
  await found.promise;
  await board.addMetric(target);
  late.resolve();
  assert.equal((await before).metrics.length, 0);
  assert.equal((await board.read()).metrics.length, 1);
});

test('without Redis everything works', async () => {
  const fail = () => Promise.reject(new Error('connection lost'));
  const board = new CachedBoard(new MemoryBoard(), { get: fail, set: fail, incr: fail });
  await board.addMetric(target);
  assert.equal((await board.read()).metrics.length, 1);
});
