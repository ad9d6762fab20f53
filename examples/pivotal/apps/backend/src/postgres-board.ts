import type { Board, Metric, Pivot, Reading } from '@pivotal/shared';
import { desc, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';
import type { BoardStore, NewMetric, NewPivot } from './board.ts';
import { metrics, pivots, readings } from './schema.ts';

/** How many readings a board shows in all, and pivots as well. */
const shown = 500;

export class PostgresBoard implements BoardStore {
  #db: NodePgDatabase;

  constructor(pool: Pool) {
    this.#db = drizzle(pool);
  }

  async read(): Promise<Board> {
    const [allMetrics, latest, turns] = await Promise.all([
      this.#db.select().from(metrics).orderBy(metrics.id),
      this.#db.select().from(readings).orderBy(desc(readings.id)).limit(shown),
      this.#db.select().from(pivots).orderBy(desc(pivots.id)).limit(shown),
    ]);
    return {
      metrics: allMetrics.map((metric) => ({ ...metric, readings: latest.filter((reading) => reading.metricId === metric.id).map(readingOf) })),
      pivots: turns.map(pivotOf),
    };
  }

  async addMetric(metric: NewMetric): Promise<Metric> {
    const [added] = await this.#db.insert(metrics).values(metric).returning();
    return { ...added!, readings: [] };
  }

  async addReading(metricId: number, value: number): Promise<Reading | undefined> {
    const added = sql`insert into ${readings} (metric_id, value) select id, ${value}::double precision from ${metrics} where id = ${metricId} returning value, at`;
    const { rows } = await this.#db.execute<{ value: number; at: Date }>(added);
    return rows[0] && readingOf(rows[0]);
  }

  async addPivot(pivot: NewPivot): Promise<Pivot> {
    const [added] = await this.#db.insert(pivots).values(pivot).returning();
    return pivotOf(added!);
  }
}

function readingOf({ value, at }: { value: number; at: Date | string }): Reading {
  return { value, at: new Date(at).toISOString() };
}

function pivotOf({ createdAt, ...pivot }: Omit<Pivot, 'createdAt'> & { createdAt: Date }): Pivot {
  return { ...pivot, createdAt: createdAt.toISOString() };
}
