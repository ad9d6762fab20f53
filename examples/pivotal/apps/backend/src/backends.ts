import type { Logger } from 'pino';
import type { BoardStore } from './board.ts';
import { CachedBoard } from './cached-board.ts';
import type { Config } from './config.ts';
import { PostgresBoard } from './postgres-board.ts';
import { openPool } from './postgres.ts';
import { openRedis } from './redis.ts';

/** What the application keeps outside of itself. Tests bring their own. */
export interface Backends {
  board: BoardStore;

  /** What /ready asks, by name: a check that rejects has failed. */
  checks: Record<string, () => Promise<unknown>>;
  close(): Promise<void>;
}

/** Returns at once: connections are made when they are needed, and made again after they were lost. */
export function openBackends(config: Config, log: Logger): Backends {
  const pool = openPool(config, log);
  const redis = openRedis(config, log);
  return {
    board: new CachedBoard(new PostgresBoard(pool), redis),
    checks: {
      postgres: () => pool.query('select 1'),
      redis: () => redis.ping(),
    },
    async close() {
      redis.disconnect();
      await pool.end();
    },
  };
}
