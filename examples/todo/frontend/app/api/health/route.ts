export const dynamic = 'force-dynamic';

/** Is the process alive? Asks nobody else: a restart of this process does not repair an api. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
}
