import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { readConfig } from '../src/config.ts';
import { scriptOf } from '../vite/config-script.ts';

test('without settings the api is below this site', () => {
  assert.equal(readConfig({}).apiUrl, '/api/v1');
  assert.notEqual(readConfig({}).title, '');
});

test('settings of the environment win, and paths join well', () => {
  assert.deepEqual(readConfig({ API_URL: 'https://api.example.com/v1/', TITLE: 'Staging' }), { apiUrl: 'https://api.example.com/v1', title: 'Staging' });
});

test('the script tells PUBLIC_ variables and nothing else', () => {
  assert.deepEqual(run(scriptOf({ PUBLIC_TITLE: 'it\'s "quoted" \\ \u2028 </script>', PASSWORD: 'secret', PUBLIC_: 'x' })), { TITLE: 'it\'s "quoted" \\ \u2028 </script>' });
});

function run(script: string): unknown {
  const context: { __CONFIG__?: unknown } = {};
  runInNewContext(script, context);
  return JSON.parse(JSON.stringify(context.__CONFIG__));
}
