import type { Board, Metric, Pivot, Reading } from '@pivotal/shared';
import type { BoardStore, NewMetric, NewPivot } from './board.ts';

/** What it needs of Redis. */
export interface Cache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'EX', seconds: number): Promise<unknown>;
  incr(key: string): Promise<number>;
}

const generation = 'board:generation';
const keptFor = 30; // seconds

/**
 * Keeps the board in Redis until somebody writes. Each write begins a new generation, so what a reader finds out before it and
 * keeps after it is never read. Without Redis everything works, and asks the database each time.
 */
export class CachedBoard implements BoardStore {
  #store: BoardStore;
  #cache: Cache;

  constructor(store: BoardStore, cache: Cache) {
    this.#store = store;
    this.#cache = cache;
  }

  async read(): Promise<Board> {
    const key = await this.#key();
    const kept = key && (await this.#cache.get(key).catch(() => null));
    if (kept) return JSON.parse(kept) as Board;

    const board = await this.#store.read();
    if (key) await this.#cache.set(key, JSON.stringify(board), 'EX', keptFor).catch(() => {});
    return board;
  }

  addMetric(metric: NewMetric): Promise<Metric> {
    return this.#written(this.#store.addMetric(metric));
  }

  addReading(metricId: number, value: number): Promise<Reading | undefined> {
    return this.#written(this.#store.addReading(metricId, value));
  }

  addPivot(pivot: NewPivot): Promise<Pivot> {
    return this.#written(this.#store.addPivot(pivot));
  }

  async #key(): Promise<string | null> {
    return this.#cache.get(generation).then((number) => `board:${number ?? 0}`, () => null);
  }

  async #written<T>(write: Promise<T>): Promise<T> {
    const result = await write;
    await this.#cache.incr(generation).catch(() => {});
    return result;
  }
}
