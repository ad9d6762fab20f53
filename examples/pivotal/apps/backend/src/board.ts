import type { Board, Metric, Pivot, Reading } from '@pivotal/shared';
import type { FastifyInstance } from 'fastify';
import { line } from './schemas.ts';

export type NewMetric = Pick<Metric, 'name' | 'unit' | 'target'>;
export type NewPivot = Pick<Pivot, 'title' | 'reason'>;

export interface BoardStore {
  read(): Promise<Board>;
  addMetric(metric: NewMetric): Promise<Metric>;

  /** Undefined when there is no such metric. */
  addReading(metricId: number, value: number): Promise<Reading | undefined>;
  addPivot(pivot: NewPivot): Promise<Pivot>;
}

const number = { type: 'number', minimum: -1e15, maximum: 1e15 };
const id = { type: 'integer', minimum: 1, maximum: 2 ** 31 - 1 };

export function boardRoutes(app: FastifyInstance, store: BoardStore): void {
  app.get('/api/v1/board', async () => store.read());

  const metric = { type: 'object', required: ['name', 'target'], properties: { name: line(80), unit: { ...line(20), minLength: 0, default: '' }, target: number } };
  app.post<{ Body: NewMetric }>('/api/v1/metrics', { schema: { body: metric } }, async (request, reply) =>
    reply.code(201).send(await store.addMetric(request.body)),
  );

  const reading = { params: { type: 'object', properties: { id } }, body: { type: 'object', required: ['value'], properties: { value: number } } };
  app.post<{ Params: { id: number }; Body: { value: number } }>('/api/v1/metrics/:id/readings', { schema: reading }, async (request, reply) => {
    const added = await store.addReading(request.params.id, request.body.value);
    if (added) return reply.code(201).send(added);
    return reply.code(404).send({ statusCode: 404, error: 'Not Found', message: 'there is no such metric' });
  });

  const pivot = { type: 'object', required: ['title', 'reason'], properties: { title: line(120), reason: line(2000) } };
  app.post<{ Body: NewPivot }>('/api/v1/pivots', { schema: { body: pivot } }, async (request, reply) =>
    reply.code(201).send(await store.addPivot(request.body)),
  );
}
