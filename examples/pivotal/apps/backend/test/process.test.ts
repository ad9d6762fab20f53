import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from './processes.ts';

const anyPort = { HOST: '127.0.0.1', PORT: '0' };

test('SIGTERM ends the server in time, whatever is open', async (t) => {
  const server = start(t, 'index.ts', anyPort);
  const [, address] = await server.printed(/listening at http:\/\/([\d.:]+)"/);
  await (await fetch(`http://${address}/health`)).text(); // its connection stays open
  server.child.kill('SIGTERM');
  const { code, stdout } = await server.ended;
  assert.equal(code, 0);
  assert.match(stdout, /"msg":"stopped"/);
  assert.doesNotMatch(stdout, /gave up/);
});

test('a wrong configuration is told without a stack', async (t) => {
  const { code, stderr } = await start(t, 'index.ts', { PORT: 'x', STOP_TIMEOUT: '0' }).ended;
  assert.equal(code, 78);
  assert.match(stderr, /PORT must be .*\n {2}STOP_TIMEOUT must be /);
  assert.doesNotMatch(stderr, /^ +at /m);
});
