'use server';

import { refresh } from 'next/cache';
import { addItem } from '../lib/items.ts';

export interface Added {
  error: string | null;
}

/** Runs on the server: the browser never talks to the api, and works without scripts as well. */
export async function add(_before: Added, form: FormData): Promise<Added> {
  const name = String(form.get('name') ?? '').trim();
  const error = name === '' ? 'an item needs a name' : await addItem(name);
  if (error === null) refresh();
  return { error };
}
