import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { ApiError, post, readBoard } from '../src/api.ts';

const board = { metrics: [{ id: 1, name: 'sign-ups', unit: 'a week', target: 100, readings: [] }], pivots: [] };

afterEach(() => mock.restoreAll());

test('reads the board', async () => {
  const fetched = answerWith(Response.json(board));
  assert.deepEqual(await readBoard('/api/v1'), board);
  assert.equal(fetched.mock.calls[0]?.arguments[0], '/api/v1/board');
});

test('adds by POST', async () => {
  const fetched = answerWith(Response.json({}, { status: 201 }));
  await post('/api/v1', '/metrics/1/readings', { value: 17 });
  assert.equal(fetched.mock.calls[0]?.arguments[0], '/api/v1/metrics/1/readings');
  assert.equal(fetched.mock.calls[0]?.arguments[1]?.body, '{"value":17}');
});

const complaints: [string, () => Response, RegExp][] = [
  ['a mistake is told in the words of the backend', () => Response.json({ message: 'name is too long' }, { status: 400 }), /name is too long/],
  ['a backend that is not there is told', () => new Response('<html>', { status: 502 }), /does not answer/],
  ['an answer that is not JSON is told', () => new Response('<html>'), /not JSON/],
];
for (const [name, response, message] of complaints) {
  test(name, async () => {
    answerWith(response());
    await assert.rejects(readBoard('/api/v1'), (error) => error instanceof ApiError && message.test(error.message));
  });
}

test('a network that fails is told', async () => {
  mock.method(globalThis, 'fetch', async () => Promise.reject(new TypeError('failed to fetch')));
  await assert.rejects(readBoard('/api/v1'), /cannot be reached/);
});

function answerWith(response: Response) {
  return mock.method(globalThis, 'fetch', async (_url: string | URL | Request, _request?: RequestInit) => response);
}
