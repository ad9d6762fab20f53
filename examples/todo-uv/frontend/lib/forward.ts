import { cookieOf, newToken, tokenIn } from './session.ts';

/** More than the backend gives OpenAI. */
const limit = 35_000;

/** Asks the backend in the name of the visitor; who comes for the first time, or after a year, gets a new name. */
export async function forward(request: Request): Promise<Response> {
  const body = request.method === 'GET' ? null : await request.text();
  const known = tokenIn(request.headers.get('cookie'));
  let token = known ?? newToken();
  try {
    let answer = await ask(request, body, token);
    if (answer.status === 401 && known !== null) {
      token = newToken();
      answer = await ask(request, body, token);
    }
    const headers = new Headers({ 'content-type': answer.headers.get('content-type') ?? 'application/json', 'cache-control': 'no-store' });
    if (token !== known) headers.set('set-cookie', cookieOf(token, request.headers.get('x-forwarded-proto') === 'https'));
    return new Response(answer.body, { status: answer.status, headers });
  } catch {
    return Response.json({ statusCode: 502, error: 'Bad Gateway', message: 'the backend does not answer at the moment' }, { status: 502 });
  }
}

function ask(request: Request, body: string | null, token: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers({ authorization: `Bearer ${token}` });
  for (const name of ['accept', 'content-type', 'x-request-id']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return fetch(`${process.env.BACKEND_URL}${pathname}${search}`, {
    method: request.method,
    headers,
    body,
    cache: 'no-store',
    redirect: 'manual',
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(limit)]),
  });
}
