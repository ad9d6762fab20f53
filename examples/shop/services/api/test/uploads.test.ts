import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { fastify } from 'fastify';
import { uploadRoutes } from '../src/uploads.ts';
import { testApp } from './support.ts';

async function uploads(t: TestContext, limit = 1000) {
  const folder = mkdtempSync(join(tmpdir(), 'uploads-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const app = fastify();
  const failed = new Promise<void>((resolve) => app.addHook('onError', async () => resolve()));
  await uploadRoutes(app, folder, limit);
  return { app, folder, failed };
}

test('an upload comes back byte for byte, whatever its type', async (t) => {
  const { app, folder } = await uploads(t);
  const bytes = Buffer.from([0, 1, 2, 255]);
  for (const type of ['image/png', 'application/json', 'text/plain']) {
    const posted = await app.inject({ method: 'POST', url: '/api/uploads/tea.png', headers: { 'content-type': type }, body: bytes });
    assert.equal(posted.statusCode, 201);
    assert.deepEqual(posted.json(), { name: 'tea.png', size: 4 });
  }
  const shown = await app.inject('/api/uploads/tea.png');
  assert.deepEqual(shown.rawPayload, bytes);
  assert.equal(shown.headers['content-type'], 'application/octet-stream');
  assert.deepEqual(readdirSync(folder), ['tea.png']);
});

for (const name of ['..', '%2e%2e%2fsecret', '.hidden', 'a%2fb', 'a%00b', 'a%0ab', 'a"b', '%C3%A4']) {
  test(`the name ${name} is refused`, async (t) => {
    const { app } = await uploads(t);
    for (const method of ['GET', 'POST'] as const) {
      const { statusCode } = await app.inject({ method, url: `/api/uploads/${name}` });
      assert.ok(statusCode === 400 || statusCode === 404, String(statusCode));
    }
  });
}

test('an upload that is too big leaves nothing behind', async (t) => {
  const { app, folder } = await uploads(t, 10);
  const headers = { 'content-type': 'application/octet-stream' };
  const announced = await app.inject({ method: 'POST', url: '/api/uploads/a', headers, body: 'x'.repeat(11) });
  assert.equal(announced.statusCode, 413);
  const chunked = await app.inject({ method: 'POST', url: '/api/uploads/a', headers, body: Readable.from(['xxxxxx', 'xxxxxx']) });
  assert.equal(chunked.statusCode, 413);
  assert.equal(chunked.headers.connection, 'close');
  assert.deepEqual(readdirSync(folder), []);
});

test('an upload of a client that went away leaves nothing behind', async (t) => {
  const { app, folder, failed } = await uploads(t);
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  t.after(() => app.close());
  const client = request(`${origin}/api/uploads/a`, { method: 'POST' });
  client.on('error', () => {}); // its own leaving
  app.server.on('request', () => client.destroy());
  client.write('half');
  await failed;
  assert.deepEqual(readdirSync(folder), []);
});

test('an upload that does not exist is not found', async (t) => {
  const { app } = await uploads(t);
  assert.equal((await app.inject('/api/uploads/none')).statusCode, 404);
});

test('whoami tells the user and the process', async () => {
  const app = await testApp();
  const { uid, pid, rootWrite } = (await app.inject('/api/whoami')).json();
  assert.deepEqual([uid, pid], [process.getuid?.(), process.pid]);
  assert.match(rootWrite, /^(allowed|E[A-Z]+)$/);
});
