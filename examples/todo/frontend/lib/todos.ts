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

export async function listTodos(api = process.env.BACKEND_URL): Promise<Listed> {
  try {
    const answer = await fetch(`${api}/api/todos`, { cache: 'no-store', signal: AbortSignal.timeout(limit) });
    if (!answer.ok) return { state: 'unreachable', reason: `it answered ${answer.status}` };
    const { todos } = (await answer.json()) as { todos: Todo[] };
    return { state: 'listed', todos };
  } catch (error) {
    // `fetch failed` says nothing; its cause does: ECONNREFUSED, ENOTFOUND.
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return { state: 'unreachable', reason: cause?.code ?? message };
  }
}
