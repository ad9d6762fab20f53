import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from './processes.ts';

const anyPort = { PORT: '0', HOST: '127.0.0.1' };

test('SIGTERM ends the server in time, whatever is open', async (t) => {
  const server = start(t, 'server.ts', anyPort);
  const [, address] = await server.printed(/listening at http:\/\/([\d.:]+)"/);

  // The connection stays open, as a browser's or a proxy's does.
  assert.equal((await fetch(`http://${address}/health`)).status, 200);
  server.child.kill('SIGTERM');
  const { code, stdout } = await server.ended;
  assert.equal(code, 0);
  assert.match(stdout, /"msg":"stopped"/);
});

test('a signal during the start counts', async (t) => {
  // Loaded before the server: signals it as soon as it handles signals, while its libraries load.
  const hasty = 'process.on("newListener", (name) => name === "SIGTERM" && setImmediate(process.kill, process.pid, name))';
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(hasty)}`;
  const { code, stdout } = await start(t, 'server.ts', { ...anyPort, NODE_OPTIONS }).ended;
  assert.equal(code, 0);
  assert.match(stdout, /"msg":"stopped"/);
});

test('a port in use is an error', async (t) => {
  const first = start(t, 'server.ts', anyPort);
  const [, PORT] = await first.printed(/listening at http:\/\/127\.0\.0\.1:(\d+)"/);
  const second = await start(t, 'server.ts', { ...anyPort, PORT: PORT! }).ended;
  assert.equal(second.code, 1);
  assert.match(second.stdout, /EADDRINUSE/);
});

test('a wrong configuration is told without a stack', async (t) => {
  const { code, stderr } = await start(t, 'server.ts', { PORT: 'x', STOP_TIMEOUT: '0' }).ended;
  assert.equal(code, 78);
  assert.match(stderr, /PORT must be .*\n {2}STOP_TIMEOUT must be /);
  assert.doesNotMatch(stderr, /^ +at /m);
});
