export interface Item {
  id: number;
  name: string;
  createdAt: string;
}

export type ItemList =
  | { state: 'listed'; items: Item[] }
  | { state: 'unreachable'; reason: string }
  /** No API_URL: this site stands alone. */
  | { state: 'absent' };

/** Pages are made on the server, so the api may take its time, but not for ever. */
const limit = 5000;

export async function listItems(api = process.env.API_URL): Promise<ItemList> {
  if (!api) return { state: 'absent' };
  try {
    const answer = await fetch(`${api}/api/items`, { cache: 'no-store', signal: AbortSignal.timeout(limit) });
    if (!answer.ok) return { state: 'unreachable', reason: `the api answered ${answer.status}` };
    const { items } = (await answer.json()) as { items: Item[] };
    return { state: 'listed', items };
  } catch (error) {
    return { state: 'unreachable', reason: reason(error) };
  }
}

/** Null when it was added, otherwise why not. */
export async function addItem(name: string, api = process.env.API_URL): Promise<string | null> {
  if (!api) return 'there is no api';
  try {
    const answer = await fetch(`${api}/api/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
      signal: AbortSignal.timeout(limit),
    });
    return answer.ok ? null : await refusal(answer);
  } catch (error) {
    return reason(error);
  }
}

async function refusal(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const told = typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string';
  return told ? (body.message as string) : `the api answered ${answer.status}`;
}

/** `fetch failed` says nothing; its cause does: ECONNREFUSED, ENOTFOUND. */
function reason(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
