import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forward } from '../lib/forward.ts';
import { cookieOf, newToken, tokenIn } from '../lib/session.ts';
import { api } from './api.ts';

process.env.BETTER_AUTH_SECRET = 'a-secret-of-32-characters-and-more';
const todos = 'http://todo.example.com/api/todos';

test('a call is passed on with its body, and without what only this site may know', async (t) => {
  const token = newToken();
  process.env.BACKEND_URL = await api(t, async (request, response) => {
    assert.equal(request.method, 'POST');
    assert.equal(request.url, '/api/todos?a=%20b');
    assert.equal(request.headers.cookie, undefined);
    assert.equal(request.headers.authorization, `Bearer ${token}`);
    response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'a=b' });
    response.end((await request.setEncoding('utf8').toArray()).join(''));
  });
  const headers = { 'content-type': 'application/json', cookie: `other=1; visitor=${token}` };
  const answer = await forward(new Request(`${todos}?a=%20b`, { method: 'POST', headers, body: '{"title":"tea"}' }));
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('set-cookie'), null);
  assert.deepEqual(await answer.json(), { title: 'tea' });
});

test('who comes for the first time is given a token', async (t) => {
  const asked: string[] = [];
  process.env.BACKEND_URL = await api(t, (request, response) => (asked.push(request.headers.authorization!), response.end('{}')));
  const headers = { 'x-forwarded-proto': 'https' };
  const cookie = (await forward(new Request(todos, { headers }))).headers.get('set-cookie')!;
  assert.equal(`Bearer ${tokenIn(cookie)}`, asked[0]);
  assert.match(cookie, /; HttpOnly; SameSite=Lax; Secure$/);
});

test('a token that the backend no longer takes is replaced', async (t) => {
  const old = newToken();
  process.env.BACKEND_URL = await api(t, (request, response) => response.writeHead(request.headers.authorization === `Bearer ${old}` ? 401 : 200).end('{}'));
  const answer = await forward(new Request(todos, { headers: { cookie: cookieOf(old, false) } }));
  assert.equal(answer.status, 200);
  assert.notEqual(tokenIn(answer.headers.get('set-cookie')), old);
});

test('a backend that is down is told in JSON', async () => {
  process.env.BACKEND_URL = 'http://127.0.0.1:2';
  const answer = await forward(new Request(todos));
  assert.equal(answer.status, 502);
  assert.match(((await answer.json()) as { message: string }).message, /does not answer/);
});
