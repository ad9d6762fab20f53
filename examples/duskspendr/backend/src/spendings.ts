import type { FastifyInstance } from 'fastify';
import type { Summaries } from './summaries.ts';
import { day, line, month } from './schemas.ts';

export interface NewSpending {
  /** In cents. */
  amount: number;
  category: string;
  note?: string;
  /** `2026-11-21` */
  spentOn: string;
}

export interface Spending extends NewSpending {
  id: number;
}

/** What a month comes to, the largest category first. */
export interface Summary {
  month: string;
  total: number;
  categories: { category: string; total: number }[];
}

export interface SpendingStore {
  categories(): Promise<string[]>;
  /** A category that is there already stays as it is. */
  addCategory(name: string): Promise<void>;

  /** The newest first. */
  list(month: string, limit: number): Promise<Spending[]>;
  /** Undefined when there is no such category. */
  add(spending: NewSpending): Promise<Spending | undefined>;
  summary(month: string): Promise<Summary>;
}

const largestAmount = 100_000_000; // a million: whoever spends more has mistyped

const newSpending = {
  type: 'object',
  required: ['amount', 'category', 'spentOn'],
  additionalProperties: false,
  properties: { amount: { type: 'integer', minimum: 1, maximum: largestAmount }, category: line(40), note: line(200), spentOn: day },
};
const ofMonth = { querystring: { type: 'object', required: ['month'], properties: { month } } };

interface OfMonth {
  Querystring: { month: string };
}

export function spendingRoutes(app: FastifyInstance, spendings: SpendingStore, summaries: Summaries): void {
  app.get('/api/categories', async () => ({ categories: await spendings.categories() }));

  const newCategory = { body: { type: 'object', required: ['name'], properties: { name: line(40) } } };
  app.post<{ Body: { name: string } }>('/api/categories', { schema: newCategory }, async (request, reply) => {
    await spendings.addCategory(request.body.name);
    return reply.code(201).send({ name: request.body.name });
  });

  app.get<OfMonth>('/api/spendings', { schema: ofMonth }, async (request) => ({
    spendings: await spendings.list(request.query.month, 500),
  }));

  app.post<{ Body: NewSpending }>('/api/spendings', { schema: { body: newSpending } }, async (request, reply) => {
    const added = await spendings.add(request.body);
    if (!added) {
      const message = `there is no category ${request.body.category}`;
      return reply.code(422).send({ statusCode: 422, error: 'Unprocessable Entity', message });
    }
    await summaries.forget(added.spentOn.slice(0, 7));
    return reply.code(201).send(added);
  });

  app.get<OfMonth>('/api/summary', { schema: ofMonth }, async (request, reply) => {
    const { summary, cached } = await summaries.of(request.query.month);
    return reply.header('x-cache', cached ? 'hit' : 'miss').send(summary);
  });
}
