import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { addItem, listItems } from '../lib/items.ts';

const lamp = { id: 1, name: 'a lamp', createdAt: '2026-01-02T03:04:05.000Z' };

/** An api of its own for each test. */
async function api(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('items are those of the api', async (t) => {
  const url = await api(t, (request, response) => {
    assert.equal(request.url, '/api/items');
    response.end(JSON.stringify({ items: [lamp] }));
  });
  assert.deepEqual(await listItems(url), { state: 'listed', items: [lamp] });
});

test('an api that fails or is down is told apart from one without items', async (t) => {
  const url = await api(t, (_request, response) => response.writeHead(503).end());
  assert.deepEqual(await listItems(url), { state: 'unreachable', reason: 'the api answered 503' });
  assert.deepEqual(await listItems('http://127.0.0.1:2'), { state: 'unreachable', reason: 'ECONNREFUSED' });
});

test('without an api there is nothing to ask', async () => {
  assert.deepEqual(await listItems(''), { state: 'absent' });
  assert.equal(await addItem('a lamp', ''), 'there is no api');
});

test('an item is added, or the api says why not', async (t) => {
  const url = await api(t, async (request, response) => {
    const { name } = JSON.parse((await request.setEncoding('utf8').toArray()).join('')) as { name: string };
    response.writeHead(name === 'a lamp' ? 201 : 400).end(JSON.stringify({ message: 'no such thing' }));
  });
  assert.equal(await addItem('a lamp', url), null);
  assert.equal(await addItem('x', url), 'no such thing');
});
