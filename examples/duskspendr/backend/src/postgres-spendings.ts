import { DatabaseError, type Pool } from 'pg';
import type { NewSpending, Spending, SpendingStore, Summary } from './spendings.ts';

const columns = `id, amount, category, note, to_char(spent_on, 'YYYY-MM-DD') as "spentOn"`;
const inMonth = `spent_on >= ($1 || '-01')::date and spent_on < ($1 || '-01')::date + interval '1 month'`;
const noSuchParent = '23503';

export class PostgresSpendings implements SpendingStore {
  #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async categories(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ name: string }>('select name from categories order by name');
    return rows.map(({ name }) => name);
  }

  async addCategory(name: string): Promise<void> {
    await this.#pool.query('insert into categories (name) values ($1) on conflict do nothing', [name]);
  }

  async list(month: string, limit: number): Promise<Spending[]> {
    const { rows } = await this.#pool.query<Row>(
      `select ${columns} from spendings where ${inMonth} order by spent_on desc, id desc limit $2`,
      [month, limit],
    );
    return rows.map(spending);
  }

  async add({ amount, category, note, spentOn }: NewSpending): Promise<Spending | undefined> {
    try {
      const { rows } = await this.#pool.query<Row>(
        `insert into spendings (amount, category, note, spent_on) values ($1, $2, $3, $4) returning ${columns}`,
        [amount, category, note ?? null, spentOn],
      );
      return spending(rows[0]!);
    } catch (error) {
      if (error instanceof DatabaseError && error.code === noSuchParent) return undefined;
      throw error;
    }
  }

  async summary(month: string): Promise<Summary> {
    const { rows: categories } = await this.#pool.query<{ category: string; total: number }>(
      `select category, sum(amount)::float8 as total from spendings where ${inMonth} group by category order by total desc, category`,
      [month],
    );
    return { month, total: categories.reduce((sum, { total }) => sum + total, 0), categories };
  }
}

type Row = Omit<Spending, 'note'> & { note: string | null };

function spending({ note, ...row }: Row): Spending {
  return note === null ? row : { ...row, note };
}
