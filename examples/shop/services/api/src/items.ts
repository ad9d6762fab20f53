import type { FastifyInstance } from 'fastify';
import { line } from './schemas.ts';

export interface Item {
  id: number;
  name: string;
  createdAt: string;
}

export interface ItemStore {
  /** The newest first. */
  list(limit: number): Promise<Item[]>;
  add(name: string): Promise<Item>;
}

export function itemRoutes(app: FastifyInstance, items: ItemStore): void {
  app.get('/api/items', async () => ({ items: await items.list(100) }));

  const schema = { body: { type: 'object', required: ['name'], properties: { name: line(200) } } };
  app.post<{ Body: { name: string } }>('/api/items', { schema }, async (request, reply) =>
    reply.code(201).send(await items.add(request.body.name)),
  );
}
