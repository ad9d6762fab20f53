import * as items from './0001-items.ts';

export interface Migration {
  name: string;
  sql: string;
}

/** In the order in which they run. Append only: what ran somewhere never changes. */
export const migrations: Migration[] = [items];
