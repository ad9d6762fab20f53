export const dynamic = 'force-dynamic';

/** An application that nobody told about SIGTERM. */
export function GET() {
  return new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('data: begun\n\n')) }), {
    headers: { 'content-type': 'text/event-stream' },
  });
}
