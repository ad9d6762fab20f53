import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authSecret, newToken, tokenIn } from '../lib/session.ts';

const secret = 'a-secret-of-32-characters-and-more';

test('a token names a new visitor for a year', () => {
  const [header, claims] = newToken(secret, 0).split('.').map((part) => Buffer.from(part, 'base64url').toString());
  assert.equal(header, '{"alg":"HS256","typ":"JWT"}');
  assert.match(claims!, /^\{"sub":"[\w-]{36}","exp":31536000\}$/);
  assert.notEqual(newToken(secret), newToken(secret));
});

test('the cookie is found among others', () => {
  assert.equal(tokenIn('a=b; visitor=x.y.z; c=d'), 'x.y.z');
  for (const absent of [null, '', 'a=b', 'visitor=']) assert.equal(tokenIn(absent), null);
});

test('a secret that is missing, out of reach or too short is named', () => {
  const env = (values: Record<string, string>) => ({ NODE_ENV: 'test', ...values }) as NodeJS.ProcessEnv;
  assert.equal(authSecret(env({ BETTER_AUTH_SECRET: secret, BETTER_AUTH_SECRET_FILE: '/nowhere' })), secret);
  assert.throws(() => authSecret(env({ BETTER_AUTH_SECRET: '' })), /BETTER_AUTH_SECRET is missing: set BETTER_AUTH_SECRET, or/);
  assert.throws(() => authSecret(env({ BETTER_AUTH_SECRET_FILE: '/nowhere' })), /ENOENT/);
  assert.throws(() => authSecret(env({ BETTER_AUTH_SECRET: 'short' })), /32 characters/);
});
