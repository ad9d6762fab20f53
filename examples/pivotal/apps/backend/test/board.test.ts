import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Board } from '@pivotal/shared';
import { testApp } from './support.ts';

test('a board shows its metrics with their readings, and pivots, the newest first', async () => {
  const app = await testApp();
  const post = (url: string, body: object) => app.inject({ method: 'POST', url: `/api/v1${url}`, body });

  const added = await post('/metrics', { name: 'Sign-ups ✍️', unit: 'a week', target: 100 });
  assert.equal(added.statusCode, 201);
  const { id } = added.json<{ id: number }>();
  for (const value of [17, 12.5]) assert.equal((await post(`/metrics/${id}/readings`, { value })).statusCode, 201);
  for (const title of ['schools first', 'teachers first']) assert.equal((await post('/pivots', { title, reason: 'nobody signs up' })).statusCode, 201);

  const board = (await app.inject('/api/v1/board')).json<Board>();
  assert.deepEqual(board.metrics.map(({ name, unit, target }) => [name, unit, target]), [['Sign-ups ✍️', 'a week', 100]]);
  assert.deepEqual(board.metrics[0]?.readings.map((reading) => reading.value), [12.5, 17]);
  assert.deepEqual(board.pivots.map((pivot) => pivot.title), ['teachers first', 'schools first']);
});

test('a reading of no metric is not found', async () => {
  const app = await testApp();
  const reply = await app.inject({ method: 'POST', url: '/api/v1/metrics/7/readings', body: { value: 1 } });
  assert.equal(reply.statusCode, 404);
  assert.equal(reply.json().message, 'there is no such metric');
});

for (const [what, url, body] of [
  ['a metric without a target', '/metrics', { name: 'sign-ups' }],
  ['a metric whose name holds a NUL', '/metrics', { name: 'a\0b', target: 1 }],
  ['a reading that is no number', '/metrics/1/readings', { value: 'many' }],
  ['a reading of what is no id', '/metrics/0/readings', { value: 1 }],
  ['a pivot without a reason', '/pivots', { title: 'schools first' }],
] as const) {
  test(`${what} is refused`, async () => {
    const app = await testApp();
    const reply = await app.inject({ method: 'POST', url: `/api/v1${url}`, body });
    assert.equal(reply.statusCode, 400);
    assert.equal(reply.json().error, 'Bad Request');
  });
}

test('a fault is answered without its details', async () => {
  const fail = () => Promise.reject(new Error('relation "metrics" does not exist'));
  const app = await testApp({ board: { read: fail, addMetric: fail, addReading: fail, addPivot: fail } });
  const reply = await app.inject('/api/v1/board');
  assert.equal(reply.statusCode, 500);
  assert.doesNotMatch(reply.body, /relation|stack| at /);
});
