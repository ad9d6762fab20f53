import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from './support.ts';

const headers = { 'x-forwarded-for': '203.0.113.9' };

test('nobody can forge an address by default, only a trusted proxy tells it', async () => {
  for (const [TRUSTED_PROXIES, seen] of [
    ['', '172.20.0.3'],
    ['10.0.0.1', '172.20.0.3'],
    ['10.0.0.1,172.20.0.0/16', '203.0.113.9'],
  ] as const) {
    const app = await testApp({}, { TRUSTED_PROXIES });
    app.get('/ip', async (request) => request.ip);
    assert.equal((await app.inject({ url: '/ip', headers, remoteAddress: '172.20.0.3' })).body, seen);
  }
});

test('the server keeps connections for longer than nginx does', async () => {
  const { server } = await testApp();
  assert.ok(server.keepAliveTimeout > 60_000);
  assert.ok(server.headersTimeout > server.keepAliveTimeout);
  assert.ok(server.requestTimeout > server.headersTimeout);
});
