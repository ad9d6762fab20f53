'use client';

import { useActionState } from 'react';
import { add } from './actions.ts';

export function AddItem() {
  const [{ error }, action, pending] = useActionState(add, { error: null });
  return (
    <form action={action}>
      <input name="name" aria-label="Name of the item" placeholder="A new item" maxLength={200} autoComplete="off" required />
      <button disabled={pending}>{pending ? 'Adding' : 'Add'}</button>
      {error && <p role="alert">Not added: {error}.</p>}
    </form>
  );
}
