import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from './support.ts';

test('health asks nobody', async () => {
  const app = await testApp({ checks: { database: () => Promise.reject(new Error('down')) } });
  const reply = await app.inject('/health');
  assert.equal(reply.statusCode, 200);
  assert.deepEqual(reply.json(), { status: 'ok' });
});

test('ready when every check passes', async () => {
  const app = await testApp({ checks: { database: async () => 1 } });
  const reply = await app.inject('/ready');
  assert.equal(reply.statusCode, 200);
  assert.deepEqual(reply.json(), { status: 'ready', checks: { database: 'ok' } });
});

test('not ready names the check that failed, without its secrets', async () => {
  const checks = { cache: async () => 1, database: () => Promise.reject(new Error('postgres://app:secret@db')) };
  const app = await testApp({ checks });
  const reply = await app.inject('/ready');
  assert.equal(reply.statusCode, 503);
  assert.deepEqual(reply.json(), { status: 'unavailable', checks: { cache: 'ok', database: 'failed' } });
});

test('a check without an answer fails in time', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const asked = Promise.withResolvers<void>();
  const app = await testApp({ checks: { database: () => (asked.resolve(), new Promise(() => {})) } });
  const reply = app.inject('/ready');
  await asked.promise;
  t.mock.timers.tick(2000);
  assert.equal((await reply).statusCode, 503);
});
