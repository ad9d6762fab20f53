import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { MemorySpendings } from './memory.ts';
import { testApp } from './support.ts';

const lunch = { amount: 1250, category: 'food', spentOn: '2026-11-21' };

const post = (app: FastifyInstance, body: object) => app.inject({ method: 'POST', url: '/api/spendings', body });

test('a spending that was added is listed in its month, the newest first', async () => {
  const app = await testApp();
  assert.equal((await post(app, lunch)).statusCode, 201);
  assert.equal((await post(app, { ...lunch, note: 'Käse 🧀' })).json().note, 'Käse 🧀');
  await post(app, { ...lunch, spentOn: '2026-10-31' });
  const { spendings } = (await app.inject('/api/spendings?month=2026-11')).json();
  assert.deepEqual(spendings.map((spending: { note?: string }) => spending.note), ['Käse 🧀', undefined]);
});

test('a category has to be there, and can be added', async () => {
  const app = await testApp();
  const unknown = await post(app, { ...lunch, category: 'boats' });
  assert.equal(unknown.statusCode, 422);
  assert.equal(unknown.json().message, 'there is no category boats');
  await app.inject({ method: 'POST', url: '/api/categories', body: { name: 'boats' } });
  assert.equal((await post(app, { ...lunch, category: 'boats' })).statusCode, 201);
  assert.deepEqual((await app.inject('/api/categories')).json(), { categories: ['boats', 'food', 'home'] });
});

for (const [what, body] of Object.entries({
  'no amount': { category: 'food', spentOn: '2026-11-21' },
  'an amount of nothing': { ...lunch, amount: 0 },
  'a part of a cent': { ...lunch, amount: 12.5 },
  'a day that is none': { ...lunch, spentOn: '2026-02-30' },
  'a NUL in the note': { ...lunch, note: 'a\0b' },
})) {
  test(`${what} is refused`, async () => {
    const app = await testApp();
    assert.equal((await post(app, body)).statusCode, 400);
  });
}

test('a month is asked for as a month', async () => {
  const app = await testApp();
  for (const month of ['', '2026', '2026-13', "2026-11'--"]) {
    const reply = await app.inject({ url: '/api/summary', query: { month } });
    assert.equal(reply.statusCode, 400);
  }
});

test('a fault is answered without its details', async () => {
  const spendings = new MemorySpendings();
  spendings.list = () => Promise.reject(new Error('relation "spendings" does not exist'));
  const app = await testApp({ spendings });
  const reply = await app.inject('/api/spendings?month=2026-11');
  assert.equal(reply.statusCode, 500);
  assert.doesNotMatch(reply.body, /relation|stack| at /);
});

test('an unknown path is answered in JSON', async () => {
  const app = await testApp();
  const reply = await app.inject('/nowhere');
  assert.equal(reply.statusCode, 404);
  assert.equal(reply.json().error, 'Not Found');
});
