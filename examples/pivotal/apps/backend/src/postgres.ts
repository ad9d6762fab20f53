import { Pool } from 'pg';
import type { Logger } from 'pino';
import { serviceName, type Config } from './config.ts';

export function openPool(config: Config, log: Logger): Pool {
  const pool = new Pool({
    connectionString: config.databaseUrl,
    application_name: serviceName,
    max: config.databasePool,
    connectionTimeoutMillis: 3000,
    statement_timeout: 10_000,
    query_timeout: 12_000, // when the server does not even answer that a statement took too long
    keepAlive: true,
  });

  // A restart of the database breaks connections, in the pool and in use. Without a listener each of them would end the
  // process; so the pool opens new ones, and only the queries under way fail.
  pool.on('error', (error) => log.warn(`postgres: ${error.message}`));
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
