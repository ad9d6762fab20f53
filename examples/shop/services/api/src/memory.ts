import { randomUUID } from 'node:crypto';
import type { Item, ItemStore } from './items.ts';
import { handleJob, outcomeOf, type Job, type JobQueue } from './jobs.ts';
import { pause } from './lifecycle.ts';

// Stand-ins for a database: gone with the process, known to this process alone. They forget what is too old, as memory has an end.
const capacity = 1000;

export class MemoryItems implements ItemStore {
  #items: Item[] = [];
  #lastId = 0;

  async list(limit: number): Promise<Item[]> {
    return this.#items.slice(0, limit);
  }

  async add(name: string): Promise<Item> {
    const item = { id: ++this.#lastId, name, createdAt: new Date().toISOString() };
    this.#items = [item, ...this.#items].slice(0, capacity);
    return item;
  }
}

/** A worker is another process and cannot see these jobs, so each runs where it was posted. */
export class MemoryJobs implements JobQueue {
  #jobs = new Map<string, Job>();

  async push(text: string): Promise<Job> {
    const job: Job = { id: randomUUID(), status: 'queued', text };
    const [oldest] = this.#jobs.keys();
    if (oldest && this.#jobs.size >= capacity) this.#jobs.delete(oldest);
    this.#jobs.set(job.id, job);

    void outcomeOf(handleJob(text)).then((outcome) => Object.assign(job, outcome));
    return { ...job };
  }

  async find(id: string): Promise<Job | undefined> {
    return this.#jobs.get(id);
  }

  async runNext(_handle: typeof handleJob, stopping: AbortSignal): Promise<boolean> {
    await pause(1000, stopping);
    return false;
  }
}
