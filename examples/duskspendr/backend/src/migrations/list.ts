import * as categories from './0001-categories.ts';
import * as spendings from './0002-spendings.ts';

export interface Migration {
  name: string;
  sql: string;
}

/** In the order in which they run. Append only: what ran somewhere never changes. */
export const migrations: Migration[] = [categories, spendings];
