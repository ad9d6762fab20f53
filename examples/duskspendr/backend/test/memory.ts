import type { NewSpending, Spending, SpendingStore, Summary } from '../src/spendings.ts';
import type { Cache } from '../src/summaries.ts';

/** What PostgreSQL does, without one. */
export class MemorySpendings implements SpendingStore {
  #categories = new Set(['food', 'home']);
  #spendings: Spending[] = [];

  /** How often a summary was computed. */
  summaries = 0;

  async categories(): Promise<string[]> {
    return [...this.#categories].sort();
  }

  async addCategory(name: string): Promise<void> {
    this.#categories.add(name);
  }

  async list(month: string, limit: number): Promise<Spending[]> {
    return this.#spendings.filter(({ spentOn }) => spentOn.startsWith(month)).slice(0, limit);
  }

  async add(spending: NewSpending): Promise<Spending | undefined> {
    if (!this.#categories.has(spending.category)) return undefined;
    const added = { id: this.#spendings.length + 1, ...spending };
    this.#spendings.unshift(added);
    return added;
  }

  async summary(month: string): Promise<Summary> {
    this.summaries++;
    const totals = new Map<string, number>();
    for (const { category, amount } of await this.list(month, Infinity)) totals.set(category, (totals.get(category) ?? 0) + amount);
    const categories = [...totals].map(([category, total]) => ({ category, total }));
    return { month, total: categories.reduce((sum, { total }) => sum + total, 0), categories };
  }
}

export class MemoryCache implements Cache {
  #values = new Map<string, string>();

  async get(key: string): Promise<string | null> {
    return this.#values.get(key) ?? null;
  }

  async setex(key: string, _seconds: number, value: string): Promise<void> {
    this.#values.set(key, value);
  }

  async del(key: string): Promise<void> {
    this.#values.delete(key);
  }
}
