export interface Item {
  id: number;
  name: string;
  createdAt: string;
}

/** What went wrong, in words for the person in front of the screen. */
export class ApiError extends Error {}

/** The newest first. */
export async function listItems(apiUrl: string, signal?: AbortSignal): Promise<Item[]> {
  const { items } = (await ask(`${apiUrl}/items`, signal ? { signal } : {})) as { items: Item[] };
  return items;
}

export async function addItem(apiUrl: string, name: string): Promise<Item> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) };
  return (await ask(`${apiUrl}/items`, request)) as Item;
}

async function ask(url: string, request: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError('The api cannot be reached.');
  }
  if (!response.ok) throw new ApiError(await complaint(response));
  try {
    return await response.json();
  } catch {
    throw new ApiError(`${url} answered with something that is not JSON.`);
  }
}

async function complaint(response: Response): Promise<string> {
  if (response.status === 429) return `Too many requests: try again in ${response.headers.get('retry-after') ?? 'a few'} s.`;
  if ([502, 503, 504].includes(response.status)) return 'The api does not answer at the moment.';
  const body: unknown = await response.json().catch(() => undefined);
  const message = body && typeof body === 'object' && 'message' in body ? body.message : undefined;
  return typeof message === 'string' ? `The api says: ${message}` : `The api answered ${response.status}.`;
}
