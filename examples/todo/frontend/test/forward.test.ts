import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forward } from '../lib/forward.ts';
import { api } from './api.ts';

test('a call is passed on with its body, and without what only this site may know', async (t) => {
  process.env.BACKEND_URL = await api(t, async (request, response) => {
    assert.equal(request.method, 'POST');
    assert.equal(request.url, '/api/todos?a=%20b');
    assert.equal(request.headers.cookie, undefined);
    assert.equal(request.headers['content-type'], 'application/json');
    response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'a=b' });
    response.end((await request.setEncoding('utf8').toArray()).join(''));
  });
  const headers = { 'content-type': 'application/json', cookie: 'session=secret' };
  const answer = await forward(new Request('http://todo.example.com/api/todos?a=%20b', { method: 'POST', headers, body: '{"title":"tea"}' }));
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('set-cookie'), null);
  assert.deepEqual(await answer.json(), { title: 'tea' });
});

test('answers without a body, and refusals, come through', async (t) => {
  process.env.BACKEND_URL = await api(t, (request, response) => response.writeHead(request.method === 'DELETE' ? 204 : 404).end());
  assert.equal((await forward(new Request('http://todo.example.com/api/todos/1', { method: 'DELETE' }))).status, 204);
  assert.equal((await forward(new Request('http://todo.example.com/api/todos/1'))).status, 404);
});

test('a backend that is down is told in JSON', async () => {
  process.env.BACKEND_URL = 'http://127.0.0.1:2';
  const answer = await forward(new Request('http://todo.example.com/api/todos'));
  assert.equal(answer.status, 502);
  assert.match(((await answer.json()) as { message: string }).message, /does not answer/);
});
