import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { ItemStore } from './items.ts';
import type { JobQueue } from './jobs.ts';
import { openPool } from './postgres.ts';
import { PostgresItems } from './postgres-items.ts';
import { openRedis } from './redis.ts';
import { RedisJobs } from './redis-jobs.ts';

/** What the application keeps outside of itself. Tests bring their own. */
export interface Backends {
  items: ItemStore;
  jobs: JobQueue;

  /** What /ready asks, by name: a check that rejects has failed. */
  checks: Record<string, () => Promise<unknown>>;
  close(): Promise<void>;
}

/** Returns at once: connections are made when they are needed, and made again after they were lost. */
export function openBackends(config: Config, log: Logger): Backends {
  const pool = openPool(config, log);
  const redis = openRedis(config, log);
  return {
    items: new PostgresItems(pool),
    jobs: new RedisJobs(redis),
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
