import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemorySpendings } from './memory.ts';
import { testApp } from './support.ts';

const lunch = { amount: 1250, category: 'food', spentOn: '2026-11-21' };

test('a summary is computed once, and anew after a spending', async () => {
  const spendings = new MemorySpendings();
  const app = await testApp({ spendings });
  const ask = () => app.inject('/api/summary?month=2026-11');
  await spendings.add(lunch);

  const first = await ask();
  assert.deepEqual(first.json(), { month: '2026-11', total: 1250, categories: [{ category: 'food', total: 1250 }] });
  const second = await ask();
  assert.deepEqual(second.json(), first.json());
  assert.deepEqual([first.headers['x-cache'], second.headers['x-cache'], spendings.summaries], ['miss', 'hit', 1]);

  await app.inject({ method: 'POST', url: '/api/spendings', body: { ...lunch, amount: 750 } });
  assert.equal((await ask()).json().total, 2000);
});

test('without the cache a summary is computed each time, and spendings are taken', async () => {
  const away = () => Promise.reject(new Error('Connection is closed.'));
  const app = await testApp({ cache: { get: away, setex: away, del: away } });
  assert.equal((await app.inject({ method: 'POST', url: '/api/spendings', body: lunch })).statusCode, 201);
  const reply = await app.inject('/api/summary?month=2026-11');
  assert.deepEqual([reply.statusCode, reply.json().total, reply.headers['x-cache']], [200, 1250, 'miss']);
});
