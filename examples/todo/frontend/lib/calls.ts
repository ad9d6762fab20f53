export type Result<T> = { value: T | null; error: null } | { value: null; error: string };

/** One call of the API by the browser; an error is in words for the person in front of the screen. */
export async function call<T>(method: string, url: string, body?: object): Promise<Result<T>> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    return { value: null, error: 'The server cannot be reached.' };
  }
  if (!answer.ok) return { value: null, error: await complaint(answer) };
  return { value: answer.status === 204 ? null : ((await answer.json()) as T), error: null };
}

async function complaint(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const message = body && typeof body === 'object' && 'message' in body ? body.message : null;
  return typeof message === 'string' ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.` : `The server answered ${answer.status}.`;
}
