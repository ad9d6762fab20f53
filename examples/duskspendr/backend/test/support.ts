import type { FastifyInstance } from 'fastify';
import { buildApp } from '../src/app.ts';
import type { Backends } from '../src/backends.ts';
import { loadConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { MemoryCache, MemorySpendings } from './memory.ts';

/** All that has no default. Nothing listens at these addresses: the tests need no database. */
export const requiredSettings: Record<string, string> = {
  DATABASE_URL: 'postgres://app:secret@127.0.0.1:1/app',
  REDIS_URL: 'redis://:secret@127.0.0.1:1',
};

export const silentLog = createLog('silent');

/** The application over stores in memory, or over what a test brings. */
export function testApp(backends: Partial<Backends> = {}, settings: Record<string, string> = {}): Promise<FastifyInstance> {
  const inMemory = { spendings: new MemorySpendings(), cache: new MemoryCache(), checks: {}, close: async () => {} };
  return buildApp(loadConfig({ ...requiredSettings, ...settings }), silentLog, { ...inMemory, ...backends });
}

/** The same on a free port of this machine, for what cannot be injected. */
export async function listeningApp(add: (app: FastifyInstance) => void = () => {}) {
  const app = await testApp();
  add(app);
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, origin };
}
