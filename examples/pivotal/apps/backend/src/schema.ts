import { doublePrecision, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

// The tables; `pnpm run generate` compares them with drizzle/ and writes the next migration.
const id = () => integer().primaryKey().generatedAlwaysAsIdentity();
const now = () => timestamp({ withTimezone: true }).notNull().defaultNow();

export const metrics = pgTable('metrics', {
  id: id(),
  name: text().notNull(),
  unit: text().notNull(),
  target: doublePrecision().notNull(),
});

export const readings = pgTable(
  'readings',
  {
    id: id(),
    metricId: integer('metric_id').notNull().references(() => metrics.id, { onDelete: 'cascade' }),
    value: doublePrecision().notNull(),
    at: now(),
  },
  (table) => [index('readings_metric').on(table.metricId, table.id)],
);

export const pivots = pgTable('pivots', {
  id: id(),
  title: text().notNull(),
  reason: text().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});
