import type { FastifyInstance } from 'fastify';
import { buildApp } from '../src/app.ts';
import type { Backends } from '../src/backends.ts';
import { loadConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { MemoryBoard } from './memory-board.ts';

/** All that has no default. Nothing listens at these addresses: the tests need no database. */
export const requiredSettings: Record<string, string> = {
  DATABASE_URL: 'postgres://app:secret@127.0.0.1:1/app',
  REDIS_URL: 'redis://:secret@127.0.0.1:1',
};

export const silentLog = createLog('silent');

/** The application over a board in memory, or over what a test brings. */
export function testApp(backends: Partial<Backends> = {}, settings: Record<string, string> = {}): Promise<FastifyInstance> {
  const inMemory = { board: new MemoryBoard(), checks: {}, close: async () => {} };
  return buildApp(loadConfig({ ...requiredSettings, ...settings }), silentLog, { ...inMemory, ...backends });
}
