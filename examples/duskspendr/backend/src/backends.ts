import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openPool } from './postgres.ts';
import { PostgresSpendings } from './postgres-spendings.ts';
import { openRedis } from './redis.ts';
import type { SpendingStore } from './spendings.ts';
import type { Cache } from './summaries.ts';

/** What the application keeps outside of itself. Tests bring their own. */
export interface Backends {
  spendings: SpendingStore;
  cache: Cache;

  /** What /ready asks, by name: a check that rejects has failed. */
  checks: Record<string, () => Promise<unknown>>;
  close(): Promise<void>;
}

/** Returns at once: connections are made when they are needed, and made again after they were lost. */
export function openBackends(config: Config, log: Logger): Backends {
  const pool = openPool(config, log);
  const redis = openRedis(config, log);
  return {
    spendings: new PostgresSpendings(pool),
    cache: redis,
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
