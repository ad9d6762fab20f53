import type { Board } from '@pivotal/shared';
import { useCallback, useEffect, useState } from 'react';
import { ApiError, post, readBoard } from './api.ts';

export type Loaded = { state: 'loading' } | { state: 'failed'; message: string } | { state: 'loaded'; board: Board };

/** The board; `add` posts, reads the board again, and answers with what went wrong, if anything did. */
export function useBoard(apiUrl: string) {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    readBoard(apiUrl, leaving.signal).then(
      (board) => setLoaded({ state: 'loaded', board }),
      (error: unknown) => leaving.signal.aborted || setLoaded({ state: 'failed', message: messageOf(error) }),
    );
    return () => leaving.abort();
  }, [apiUrl, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const add = useCallback(
    async (path: string, body: object): Promise<string | undefined> => {
      try {
        await post(apiUrl, path, body);
        retry();
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
    [apiUrl, retry],
  );
  return { loaded, add, retry };
}

export type Add = ReturnType<typeof useBoard>['add'];

function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return 'Something went wrong.';
}
