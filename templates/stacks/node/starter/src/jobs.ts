import type { FastifyInstance } from 'fastify';
import { line } from './schemas.ts';

export interface Job {
  id: string;
  status: 'queued' | 'done' | 'failed';
  text: string;
  result?: string;
}

/** The real work: replace it by what takes too long for a request. Runs in the worker. */
export async function handleJob(text: string): Promise<string> {
  return text.toUpperCase();
}

export interface JobQueue {
  push(text: string): Promise<Job>;
  find(id: string): Promise<Job | undefined>;

  /** Runs the next job and keeps its result. Without one it waits about a second, then says false. */
  runNext(handle: typeof handleJob, stopping: AbortSignal): Promise<boolean>;
}

/** What becomes of a job, whichever way its work ends. */
export async function outcomeOf(work: Promise<string>): Promise<{ status: 'done' | 'failed'; result: string }> {
  try {
    return { status: 'done', result: await work };
  } catch (error) {
    return { status: 'failed', result: (error as Error).message };
  }
}

export function jobRoutes(app: FastifyInstance, jobs: JobQueue): void {
  const body = { type: 'object', required: ['text'], properties: { text: line(2000) } };
  app.post<{ Body: { text: string } }>('/api/jobs', { schema: { body } }, async (request, reply) =>
    reply.code(202).send(await jobs.push(request.body.text)),
  );

  const params = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } };
  app.get<{ Params: { id: string } }>('/api/jobs/:id', { schema: { params } }, async (request, reply) => {
    const job = await jobs.find(request.params.id);
    return job ?? reply.code(404).send({ statusCode: 404, error: 'Not Found', message: 'there is no such job' });
  });
}
