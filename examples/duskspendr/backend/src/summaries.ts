import type { Logger } from 'pino';
import type { SpendingStore, Summary } from './spendings.ts';

/** The part of Redis that is needed here. */
export interface Cache {
  get(key: string): Promise<string | null>;
  setex(key: string, seconds: number, value: string): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

// An answer may be this old when a write and a computation overlap; otherwise a write makes it new at once.
const keptFor = 60;
const key = (month: string) => `summary:${month}`;

/** Summaries are computed once and kept for a while. A cache that is away costs time and nothing else. */
export class Summaries {
  #spendings: SpendingStore;
  #cache: Cache;
  #log: Logger;

  constructor(spendings: SpendingStore, cache: Cache, log: Logger) {
    this.#spendings = spendings;
    this.#cache = cache;
    this.#log = log;
  }

  async of(month: string): Promise<{ summary: Summary; cached: boolean }> {
    const kept = await this.#try(this.#cache.get(key(month)));
    if (kept) return { summary: JSON.parse(kept) as Summary, cached: true };

    const summary = await this.#spendings.summary(month);
    await this.#try(this.#cache.setex(key(month), keptFor, JSON.stringify(summary)));
    return { summary, cached: false };
  }

  async forget(month: string): Promise<void> {
    await this.#try(this.#cache.del(key(month)));
  }

  async #try<T>(asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked;
    } catch (error) {
      this.#log.warn(`the cache does not answer: ${(error as Error).message}`);
      return undefined;
    }
  }
}
