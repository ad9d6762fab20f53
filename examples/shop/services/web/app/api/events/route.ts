import { stopping } from '../../../lib/stopping.ts';
import { ticks } from '../../../lib/ticks.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return new Response(ticks(stopping), {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no', // nginx passes each event on at once
    },
  });
}
