export interface Todo {
  id: number;
  title: string;
  done: boolean;
  due: string | null;
  createdAt: string;
}

export type Listed = { state: 'listed'; todos: Todo[] } | { state: 'unreachable'; reason: string };

/** Pages are made on the server, so the backend may take its time, but not for ever. */
const limit = 5000;

/** Those of one visitor; who has no token yet, or one that is over, has no todos. */
export async function listTodos(token: string | null, api = process.env.BACKEND_URL): Promise<Listed> {
  if (token === null) return { state: 'listed', todos: [] };
  try {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${api}/api/todos`, { headers, cache: 'no-store', signal: AbortSignal.timeout(limit) });
    if (answer.status === 401) return { state: 'listed', todos: [] };
    if (!answer.ok) return { state: 'unreachable', reason: `it answered ${answer.status}` };
    const { todos } = (await answer.json()) as { todos: Todo[] };
    return { state: 'listed', todos };
  } catch (error) {
    // `fetch failed` says nothing; its cause does: ECONNREFUSED, ENOTFOUND.
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return { state: 'unreachable', reason: cause?.code ?? message };
  }
}
