import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { addItem, ApiError, listItems } from '../src/items.ts';

const item = { id: 1, name: 'a lamp', createdAt: '2026-11-21T12:00:00.000Z' };

afterEach(() => mock.restoreAll());

test('lists what the api has', async () => {
  const fetched = answerWith(Response.json({ items: [item] }));
  assert.deepEqual(await listItems('/api'), [item]);
  assert.equal(fetched.mock.calls[0]?.arguments[0], '/api/items');
});

test('adds by POST', async () => {
  const fetched = answerWith(Response.json(item, { status: 201 }));
  assert.deepEqual(await addItem('/api', 'a lamp'), item);
  const request = fetched.mock.calls[0]?.arguments[1];
  assert.equal(request?.method, 'POST');
  assert.equal(request?.body, '{"name":"a lamp"}');
});

const complaints: [string, () => Response, RegExp][] = [
  ['a mistake is told in the words of the api', () => Response.json({ message: 'name is too long' }, { status: 400 }), /name is too long/],
  ['a limit is told with its time', () => new Response('', { status: 429, headers: { 'retry-after': '2' } }), /in 2 s/],
  ['an api that is not there is told', () => new Response('<html>', { status: 502 }), /does not answer/],
  ['an answer that is not JSON is told', () => new Response('<html>'), /not JSON/],
];
for (const [name, response, message] of complaints) {
  test(name, async () => {
    answerWith(response());
    await assert.rejects(listItems('/api'), (error) => error instanceof ApiError && message.test(error.message));
  });
}

test('a network that fails is told', async () => {
  mock.method(globalThis, 'fetch', async () => Promise.reject(new TypeError('failed to fetch')));
  await assert.rejects(listItems('/api'), /cannot be reached/);
});

function answerWith(response: Response) {
  return mock.method(globalThis, 'fetch', async (_url: string | URL | Request, _request?: RequestInit) => response);
}
