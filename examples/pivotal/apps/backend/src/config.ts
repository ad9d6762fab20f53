import { Settings } from './settings.ts';

/** How this service calls itself in logs and towards its databases. */
export const serviceName = 'pivotal-backend';

export type Config = ReturnType<typeof loadConfig>;

export function loadConfig(env: NodeJS.ProcessEnv = process.env) {
  const settings = new Settings(env);
  const config = {
    port: settings.integer('PORT', 3000, 0, 65535),
    host: settings.text('HOST', '0.0.0.0'),
    logLevel: settings.choice('LOG_LEVEL', 'info', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),

    // Seconds for work in flight after SIGTERM. Less than the grace period after which Docker kills (10 by default).
    stopTimeout: settings.integer('STOP_TIMEOUT', 8, 1, 3600),

    // Whose X-Forwarded-For is believed. Nobody's by default, as any client can send one.
    trustedProxies: settings.networks('TRUSTED_PROXIES'),

    databaseUrl: settings.secretUrl('DATABASE_URL', ['postgres:', 'postgresql:']),
    // Connections of each process: all of them together must stay below the server's max_connections.
    databasePool: settings.integer('DATABASE_POOL', 5, 1, 1000),

    redisUrl: settings.secretUrl('REDIS_URL', ['redis:', 'rediss:']),
  };
  settings.check();
  return config;
}
