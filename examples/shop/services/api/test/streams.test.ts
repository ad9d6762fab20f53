import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { listeningApp } from './support.ts';

test('an event stream ticks, and ends when the server closes', async () => {
  const { app, origin } = await listeningApp();
  const reply = await fetch(`${origin}/api/events`);
  assert.equal(reply.headers.get('content-type'), 'text/event-stream');

  let text = '';
  for await (const chunk of reply.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('event: tick')) void app.close();
  }
  assert.match(text, /^retry: 2000\n\nevent: tick\nid: 1\ndata: \{"count":1/);
  await app.close();
});

test('a websocket echoes, and is told when the server closes', async () => {
  const { app, origin } = await listeningApp();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/ws`);
  await once(socket, 'open');
  socket.send('hello');
  const [message] = (await once(socket, 'message')) as [MessageEvent];
  assert.equal(message.data, 'hello');

  const closed = once(socket, 'close');
  await app.close();
  const [event] = (await closed) as [CloseEvent];
  assert.equal(event.code, 1001);
});

test('a message that is too big ends its websocket only', async () => {
  const { app, origin } = await listeningApp();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/ws`);
  await once(socket, 'open');
  socket.send('x'.repeat(65 * 1024));
  const [event] = (await once(socket, 'close')) as [CloseEvent];
  assert.equal(event.code, 1009);
  assert.equal((await fetch(`${origin}/health`)).status, 200);
  await app.close();
});

test('a request under way is answered while the server closes', async () => {
  const started = Promise.withResolvers<void>();
  const work = Promise.withResolvers<string>();
  const { app, origin } = await listeningApp((app) => {
    app.get('/slow', () => (started.resolve(), work.promise));
    app.addHook('preClose', async () => work.resolve('done'));
  });
  const reply = fetch(`${origin}/slow`);
  await started.promise;
  const closed = app.close();
  assert.equal(await (await reply).text(), 'done');
  assert.equal((await reply).headers.get('connection'), 'close');
  await closed;
});
