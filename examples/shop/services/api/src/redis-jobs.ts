import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { outcomeOf, type handleJob, type Job, type JobQueue } from './jobs.ts';

const queued = 'jobs:queued';
const running = 'jobs:running';
const key = (id: string) => `job:${id}`;
const keptFor = 24 * 60 * 60;

/**
 * A list of waiting ids and a hash for each job. The id of a job at work lies in `jobs:running`, so that the job of a
 * worker that was killed is not lost; nothing puts it back by itself. For retries and schedules take a library: BullMQ.
 */
export class RedisJobs implements JobQueue {
  #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async push(text: string): Promise<Job> {
    const job: Job = { id: randomUUID(), status: 'queued', text };
    await this.#redis.hset(key(job.id), job);
    await this.#redis.expire(key(job.id), keptFor);
    await this.#redis.lpush(queued, job.id); // last, so that a worker finds all of it
    return job;
  }

  async find(id: string): Promise<Job | undefined> {
    const job = await this.#redis.hgetall(key(id));
    return job['id'] ? (job as unknown as Job) : undefined;
  }

  async runNext(handle: typeof handleJob): Promise<boolean> {
    // A short wait ends by itself: breaking it off could lose the job that arrives at that moment.
    const id = await this.#redis.blmove(queued, running, 'RIGHT', 'LEFT', 1);
    if (id === null) return false;

    const text = await this.#redis.hget(key(id), 'text');
    if (text !== null) { // null: it waited for longer than it is kept
      const outcome = await outcomeOf(handle(text));
      await this.#redis.hset(key(id), outcome);
    }
    await this.#redis.lrem(running, 1, id);
    return true;
  }
}
