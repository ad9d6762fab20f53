import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from './support.ts';

test('an item that was added is listed, the newest first', async () => {
  const app = await testApp();
  for (const name of ['tea', 'Käse 🧀']) {
    const reply = await app.inject({ method: 'POST', url: '/api/items', body: { name } });
    assert.equal(reply.statusCode, 201);
    assert.equal(reply.json().name, name);
  }
  const { items } = (await app.inject('/api/items')).json();
  assert.deepEqual(items.map((item: { name: string }) => item.name), ['Käse 🧀', 'tea']);
});

for (const [what, body] of Object.entries({
  'no name': {},
  'an empty name': { name: '' },
  'a name too long': { name: 'x'.repeat(201) },
  'a NUL in the name': { name: 'a\0b' },
  'no object': [],
})) {
  test(`${what} is refused`, async () => {
    const app = await testApp();
    const reply = await app.inject({ method: 'POST', url: '/api/items', body });
    assert.equal(reply.statusCode, 400);
    assert.equal(reply.json().error, 'Bad Request');
  });
}

test('broken JSON is refused', async () => {
  const app = await testApp();
  const headers = { 'content-type': 'application/json' };
  const reply = await app.inject({ method: 'POST', url: '/api/items', headers, body: '{"name":' });
  assert.equal(reply.statusCode, 400);
});

test('a fault is answered without its details', async () => {
  const list = () => Promise.reject(new Error('relation "items" does not exist'));
  const app = await testApp({ items: { list, add: list } });
  const reply = await app.inject('/api/items');
  assert.equal(reply.statusCode, 500);
  assert.doesNotMatch(reply.body, /relation|stack| at /);
});

test('an unknown path is answered in JSON', async () => {
  const app = await testApp();
  const reply = await app.inject('/nowhere');
  assert.equal(reply.statusCode, 404);
  assert.equal(reply.json().error, 'Not Found');
});
