import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { serviceName, type Config } from './config.ts';

/** Connects in the background, and again for as long as it takes. Meanwhile commands fail within seconds instead of piling up. */
export function openRedis(config: Config, log: Logger): Redis {
  const redis = new Redis(config.redisUrl, {
    connectionName: serviceName,
    connectTimeout: 3000,
    commandTimeout: 1000,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  });
  redis.on('error', (error) => log.warn(`redis: ${error.message}`));
  return redis;
}
