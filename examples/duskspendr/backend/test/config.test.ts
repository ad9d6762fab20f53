import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadConfig } from '../src/config.ts';
import { Settings } from '../src/settings.ts';
import { requiredSettings } from './support.ts';

const schemes = ['postgres:'];

function file(t: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'secret');
  writeFileSync(path, content);
  return path;
}

test('settings have defaults, and an empty one counts as absent', () => {
  const config = loadConfig({ ...requiredSettings, PORT: '', LOG_LEVEL: '' });
  assert.equal(config.host, '0.0.0.0');
  assert.equal(config.logLevel, 'info');
  assert.deepEqual(config.trustedProxies, []);
});

test('all mistakes are told at once', () => {
  const env = { ...requiredSettings, PORT: '80a', LOG_LEVEL: 'loud', TRUSTED_PROXIES: '10.0.0.0/8, everyone, 10.0.0.0/33' };
  assert.throws(() => loadConfig(env), (error: Error) => {
    assert.match(error.message, /PORT must be a whole number from 0 to 65535, not `80a`/);
    assert.match(error.message, /LOG_LEVEL must be one of/);
    assert.match(error.message, /TRUSTED_PROXIES .* not `everyone, 10\.0\.0\.0\/33`/);
    return true;
  });
});

test('a secret comes from its variable, or from its file without the newline at the end', (t) => {
  const path = file(t, 'postgres://app:file@db/app\n');
  const both = new Settings({ URL: 'postgres://app:variable@db/app', URL_FILE: path });
  assert.equal(both.secretUrl('URL', schemes), 'postgres://app:variable@db/app');
  const fromFile = new Settings({ URL: '', URL_FILE: path });
  assert.equal(fromFile.secretUrl('URL', schemes), 'postgres://app:file@db/app');
});

test('a secret that is missing, out of reach or wrong is named but not shown', (t) => {
  const settings = new Settings({ B_FILE: '/nowhere/secret', C: 'mysql://app:hunter2@db/app', D_FILE: file(t, '\n') });
  for (const name of ['A', 'B', 'C', 'D']) settings.secretUrl(name, schemes);
  assert.throws(() => settings.check(), (error: Error) => {
    assert.match(error.message, /A is missing: set A, or A_FILE/);
    assert.match(error.message, /B_FILE cannot be read: ENOENT/);
    assert.match(error.message, /C must be a URL that begins with postgres:\/\//);
    assert.match(error.message, /D must be a URL/);
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
});
