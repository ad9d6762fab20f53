import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { outcomeOf, type handleJob, type Job, type JobQueue } from './jobs.ts';
import { pause } from './lifecycle.ts';

export class PostgresJobs implements JobQueue {
  #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async push(text: string): Promise<Job> {
    const job: Job = { id: randomUUID(), status: 'queued', text };
    await this.#pool.query('insert into jobs (id, status, text) values ($1, $2, $3)', [job.id, job.status, text]);
    return job;
  }

  async find(id: string): Promise<Job | undefined> {
    const { rows } = await this.#pool.query<Job>('select id, status, text, result from jobs where id = $1', [id]);
    return rows[0];
  }

  async runNext(handle: typeof handleJob, stopping: AbortSignal): Promise<boolean> {
    const client = await this.#pool.connect();
    let found = false;
    try {
      await client.query('begin');
      found = await runLocked(client, handle);
      await client.query('commit');
    } catch (error) {
      client.release(true); // closed, and with it the transaction
      throw error;
    }
    client.release();
    if (!found) await pause(1000, stopping);
    return found;
  }
}

/**
 * The row stays locked while its job runs: other workers skip it, and if this one dies the lock goes and the job is free again.
 * Jobs that take minutes want a library with leases instead, as an open transaction keeps PostgreSQL from cleaning up.
 */
async function runLocked(client: PoolClient, handle: typeof handleJob): Promise<boolean> {
  const { rows } = await client.query<Job>(
    "select id, text from jobs where status = 'queued' order by created_at limit 1 for update skip locked",
  );
  const [job] = rows;
  if (!job) return false;

  const { status, result } = await outcomeOf(handle(job.text));
  await client.query('update jobs set status = $2, result = $3 where id = $1', [job.id, status, result]);
  return true;
}
