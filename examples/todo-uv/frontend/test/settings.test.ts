import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicSettings } from '../lib/settings.ts';

test('the browser gets what is public, and nothing else', () => {
  const env = { NODE_ENV: 'test', PUBLIC_API_URL: '/api', PUBLIC_EMPTY: '', API_URL: 'http://api:3000', NOT_PUBLIC_A: 'a' } as const;
  assert.deepEqual(publicSettings(env), { API_URL: '/api', EMPTY: '' });
});
