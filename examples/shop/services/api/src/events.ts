import { Readable } from 'node:stream';
import { setInterval as every } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Server-sent events: a tick a second, until the client leaves or the server stops. */
export function eventRoutes(app: FastifyInstance, closing: AbortSignal): void {
  app.get('/api/events', { config: { measured: false } }, async (_request, reply) =>
    reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no') // nginx passes each event on at once
      .send(Readable.from(ticks(closing))),
  );
}

async function* ticks(closing: AbortSignal): AsyncGenerator<string> {
  yield 'retry: 2000\n\n'; // and with it the headers, before the first second is over
  let count = 0;
  try {
    for await (const _ of every(1000, undefined, { signal: closing })) {
      yield `event: tick\nid: ${++count}\ndata: ${JSON.stringify({ count, at: new Date() })}\n\n`;
      // For streams that are silent for longer: a comment keeps proxies from closing them.
      if (count % 15 === 0) yield ': heartbeat\n\n';
    }
  } catch (error) {
    if (!closing.aborted) throw error;
  }
}
