import { useCallback, useEffect, useState } from 'react';
import { addItem, ApiError, listItems, type Item } from './items.ts';

export type Items = { state: 'loading' } | { state: 'failed'; message: string } | { state: 'loaded'; items: Item[] };

/** The items of the api; `add` answers with what went wrong, if anything did. */
export function useItems(apiUrl: string) {
  const [items, setItems] = useState<Items>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    setItems({ state: 'loading' });
    listItems(apiUrl, leaving.signal).then(
      (loaded) => setItems({ state: 'loaded', items: loaded }),
      (error: unknown) => leaving.signal.aborted || setItems({ state: 'failed', message: messageOf(error) }),
    );
    return () => leaving.abort();
  }, [apiUrl, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const add = useCallback(
    async (name: string): Promise<string | undefined> => {
      try {
        const added = await addItem(apiUrl, name);
        setItems((now) => (now.state === 'loaded' ? { state: 'loaded', items: [added, ...now.items] } : now));
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
    [apiUrl],
  );
  return { items, add, retry };
}

function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return 'Something went wrong.';
}
