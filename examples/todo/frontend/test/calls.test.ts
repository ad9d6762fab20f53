import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../lib/calls.ts';
import { api } from './api.ts';

test('a call has its answer, or the server says why not', async (t) => {
  const url = await api(t, (request, response) => {
    if (request.method === 'DELETE') response.writeHead(204).end();
    else if (request.method === 'PATCH') response.writeHead(404).end(JSON.stringify({ message: 'there is no such todo' }));
    else if (request.method === 'GET') response.writeHead(500).end('<html>');
    else response.end(JSON.stringify({ reply: 'tea' }));
  });
  assert.deepEqual(await call('POST', url, { message: 'what?' }), { value: { reply: 'tea' }, error: null });
  assert.deepEqual(await call('DELETE', url), { value: null, error: null });
  assert.deepEqual(await call('PATCH', url, {}), { value: null, error: 'There is no such todo.' });
  assert.deepEqual(await call('GET', url), { value: null, error: 'The server answered 500.' });
  assert.deepEqual(await call('GET', 'http://127.0.0.1:2'), { value: null, error: 'The server cannot be reached.' });
});
