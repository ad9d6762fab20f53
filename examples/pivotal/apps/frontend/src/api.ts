import type { Board } from '@pivotal/shared';

/** What went wrong, in words for the person in front of the screen. */
export class ApiError extends Error {}

export async function readBoard(apiUrl: string, signal?: AbortSignal): Promise<Board> {
  return (await ask(`${apiUrl}/board`, signal ? { signal } : {})) as Board;
}

export async function post(apiUrl: string, path: string, body: object): Promise<void> {
  await ask(`${apiUrl}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

async function ask(url: string, request: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError('The backend cannot be reached.');
  }
  if (!response.ok) throw new ApiError(await complaint(response));
  try {
    return await response.json();
  } catch {
    throw new ApiError(`${url} answered with something that is not JSON.`);
  }
}

async function complaint(response: Response): Promise<string> {
  if ([502, 503, 504].includes(response.status)) return 'The backend does not answer at the moment.';
  const body: unknown = await response.json().catch(() => undefined);
  const message = body && typeof body === 'object' && 'message' in body ? body.message : undefined;
  return typeof message === 'string' ? `The backend says: ${message}` : `The backend answered ${response.status}.`;
}
