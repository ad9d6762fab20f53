import { setInterval as every } from 'node:timers/promises';

/** Server-sent events: a tick a second, until the client leaves or the server stops. */
export function ticks(ended: AbortSignal): ReadableStream<Uint8Array> {
  const lines = events(ended);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(stream) {
      const { done, value } = await lines.next();
      if (done) stream.close();
      else stream.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return();
    },
  });
}

async function* events(ended: AbortSignal): AsyncGenerator<string, void> {
  yield 'retry: 2000\n\n'; // and with it the headers, before the first second is over
  let count = 0;
  try {
    for await (const _ of every(1000, undefined, { signal: ended })) {
      yield `event: tick\nid: ${++count}\ndata: ${JSON.stringify({ count, at: new Date() })}\n\n`;
      // For streams that are silent for longer: a comment keeps proxies from closing them.
      if (count % 15 === 0) yield ': heartbeat\n\n';
    }
  } catch (error) {
    if (!ended.aborted) throw error;
  }
}
