/** More than the backend gives OpenAI. */
const limit = 35_000;

export async function forward(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers();
  for (const name of ['accept', 'content-type', 'x-request-id']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  try {
    const answer = await fetch(`${process.env.BACKEND_URL}${pathname}${search}`, {
      method: request.method,
      headers,
      body: request.method === 'GET' ? null : await request.text(),
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(limit)]),
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json', 'cache-control': 'no-store' },
    });
  } catch {
    return Response.json({ statusCode: 502, error: 'Bad Gateway', message: 'the backend does not answer at the moment' }, { status: 502 });
  }
}
