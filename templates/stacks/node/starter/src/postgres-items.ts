import type { Pool } from 'pg';
import type { Item, ItemStore } from './items.ts';

const columns = 'id, name, created_at as "createdAt"';

export class PostgresItems implements ItemStore {
  #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async list(limit: number): Promise<Item[]> {
    const { rows } = await this.#pool.query<Item>(`select ${columns} from items order by id desc limit $1`, [limit]);
    return rows;
  }

  async add(name: string): Promise<Item> {
    const { rows } = await this.#pool.query<Item>(`insert into items (name) values ($1) returning ${columns}`, [name]);
    return rows[0]!;
  }
}
