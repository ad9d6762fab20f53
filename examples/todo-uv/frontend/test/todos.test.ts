import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listTodos } from '../lib/todos.ts';
import { api } from './api.ts';

const tea = { id: 1, title: 'tea', done: false, due: null, createdAt: '2026-01-02T03:04:05.000Z' };

test('todos are those of the backend', async (t) => {
  const url = await api(t, (request, response) => {
    assert.equal(request.url, '/api/todos');
    assert.equal(request.headers.authorization, 'Bearer token');
    response.end(JSON.stringify({ todos: [tea] }));
  });
  assert.deepEqual(await listTodos('token', url), { state: 'listed', todos: [tea] });
});

test('a backend that fails or is down is told apart from one without todos', async (t) => {
  const url = await api(t, (_request, response) => response.writeHead(503).end());
  assert.deepEqual(await listTodos('token', url), { state: 'unreachable', reason: 'it answered 503' });
  assert.deepEqual(await listTodos('token', 'http://127.0.0.1:2'), { state: 'unreachable', reason: 'ECONNREFUSED' });
});

test('who has no token, or one that is over, has no todos', async (t) => {
  const url = await api(t, (_request, response) => response.writeHead(401).end());
  assert.deepEqual(await listTodos('token', url), { state: 'listed', todos: [] });
  assert.deepEqual(await listTodos(null, 'http://127.0.0.1:2'), { state: 'listed', todos: [] });
});
