import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GET as events } from '../app/api/events/route.ts';
import { GET as health } from '../app/api/health/route.ts';
import { ticks } from '../lib/ticks.ts';

test('the process says that it is alive', async () => {
  assert.deepEqual(await health().json(), { status: 'ok' });
});

test('an event stream ticks, and ends when the server is told to stop', async () => {
  const reply = events();
  assert.equal(reply.headers.get('content-type'), 'text/event-stream');

  let text = '';
  for await (const chunk of reply.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('event: tick')) process.emit('SIGTERM');
  }
  assert.match(text, /^retry: 2000\n\nevent: tick\nid: 1\ndata: \{"count":1/);
});

test('a client that leaves ends its stream', { timeout: 5000 }, async () => {
  const reader = ticks(new AbortController().signal).getReader();
  await reader.read();
  await reader.cancel();
  assert.equal((await reader.read()).done, true);
});
