import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import { fastify, LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Backends } from './backends.ts';
import type { Config } from './config.ts';
import { healthRoutes } from './health.ts';
import { metricRoutes } from './metrics.ts';
import { spendingRoutes } from './spendings.ts';
import { Summaries } from './summaries.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for routes that are asked every few seconds: they would fill the log. */
    quiet?: boolean;
  }
}

export async function buildApp(config: Config, log: Logger, backends: Backends): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: (request) => request.routeOptions.config.quiet === true }),
    genReqId: requestId,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,

    // Longer than the 60 s for which nginx keeps a connection: were this end the first to close it, nginx would now and
    // then send a request into the closed one and answer 502. The others have to be longer still.
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 66_000 },
    requestTimeout: 120_000,

    // A request that came in time is answered, even when the server is about to stop.
    return503OnClosing: false,
  });
  app.setErrorHandler(replyWithError);

  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  closeConnectionsWhen(closing.signal, app);

  metricRoutes(app);
  healthRoutes(app, backends.checks, closing.signal);
  spendingRoutes(app, backends.spendings, new Summaries(backends.spendings, backends.cache, log));
  return app;
}

/** The id that the proxy gave, so that its log and this one can be joined; otherwise a new one. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** What the client did wrong is told; what went wrong in here stays in the log. */
function replyWithError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  if (status < 500) {
    reply.code(status).send({ statusCode: status, error: STATUS_CODES[status], message: error.message });
    return;
  }
  request.log.error(error);
  reply.code(status).send({ statusCode: status, error: STATUS_CODES[status], message: 'something went wrong', requestId: request.id });
}

/** Keep-alive connections would hold the server open until they time out: each is closed after its current request. */
function closeConnectionsWhen(closing: AbortSignal, app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply) => {
    if (closing.aborted) reply.header('connection', 'close');
  });
  // For replies whose headers were sent before, such as event streams.
  closing.addEventListener('abort', () => {
    const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
    app.server.once('close', () => clearInterval(sweep));
    sweep.unref();
  });
}
