import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const cookieName = 'visitor';
const lasts = 365 * 24 * 60 * 60; // seconds

/** A token of a visitor whom nobody has seen before (JWT, HS256): the backend knows by the shared secret that it is of this site. */
export function newToken(secret = authSecret(), now = Date.now()): string {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, { sub: randomUUID(), exp: Math.floor(now / 1000) + lasts }];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Scripts of the page cannot read it, and requests that other sites make do not carry it. */
export function cookieOf(token: string, secure: boolean): string {
  return `${cookieName}=${token}; Path=/; Max-Age=${lasts}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

export function tokenIn(cookies: string | null): string | null {
  const found = (cookies ?? '').split(/; */).find((cookie) => cookie.startsWith(`${cookieName}=`));
  return found?.slice(cookieName.length + 1) || null;
}

/** From BETTER_AUTH_SECRET, or from the file that BETTER_AUTH_SECRET_FILE names, as Docker mounts secrets. */
export function authSecret(env: NodeJS.ProcessEnv = process.env): string {
  const name = 'BETTER_AUTH_SECRET';
  const file = env[`${name}_FILE`];
  const value = env[name] || (file ? readFileSync(file, 'utf8').trimEnd() : '');
  if (value === '') throw new Error(`${name} is missing: set ${name}, or ${name}_FILE to the path of a file that holds it`);
  if (value.length < 32) throw new Error(`${name} must have 32 characters or more`);
  return value;
}
