import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listeningApp } from './support.ts';

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
