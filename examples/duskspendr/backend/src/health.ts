import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

type Check = () => Promise<unknown>;

export function healthRoutes(app: FastifyInstance, checks: Record<string, Check>, closing: AbortSignal): void {
  // Is the process alive? Asks nobody else: a restart of this process does not repair a database.
  app.get('/health', { config: { quiet: true, measured: false } }, async () => ({ status: 'ok' }));

  // Should it get traffic?
  app.get('/ready', { config: { quiet: true } }, async (request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await outcome(name, check, request.log)] as const),
    );
    const failed = results.some(([, result]) => result === 'failed');
    const status = closing.aborted ? 'stopping' : failed ? 'unavailable' : 'ready';
    return reply.code(status === 'ready' ? 200 : 503).send({ status, checks: Object.fromEntries(results) });
  });
}

async function outcome(name: string, check: Check, log: FastifyBaseLogger): Promise<'ok' | 'failed'> {
  try {
    await Promise.race([check(), noAnswer(2000)]);
    return 'ok';
  } catch (error) {
    log.warn(`${name} is not ready: ${(error as Error).message}`);
    return 'failed';
  }
}

function noAnswer(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer in ${milliseconds} ms`)), milliseconds).unref();
  });
}
