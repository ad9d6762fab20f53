import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False for routes whose duration says nothing: probes, and streams that last as long as their client. */
    measured?: boolean;
  }
}

export function metricRoutes(app: FastifyInstance): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its reply.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });

  app.addHook('onResponse', async (request, reply) => {
    const { url, config } = request.routeOptions;
    if (config.measured === false) return;
    // The route's template and never the path itself: each id would become a time series of its own.
    durations.observe({ method: request.method, route: url ?? 'unknown', status: reply.statusCode }, reply.elapsedTime / 1000);
  });

  app.get('/metrics', { config: { quiet: true, measured: false } }, async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  );
}
