import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf, type Job, type JobQueue } from '../src/jobs.ts';
import { runJobs } from '../src/work.ts';
import { silentLog, testApp } from './support.ts';

test('a job shows its result', async () => {
  const app = await testApp();
  const posted = await app.inject({ method: 'POST', url: '/api/jobs', body: { text: 'dusk' } });
  assert.equal(posted.statusCode, 202);
  assert.equal(posted.json().status, 'queued');

  const shown = await app.inject(`/api/jobs/${posted.json().id}`);
  assert.deepEqual(shown.json(), { ...posted.json(), status: 'done', result: 'DUSK' });
});

test('an unknown job is not found, and what is no id is refused', async () => {
  const app = await testApp();
  assert.equal((await app.inject('/api/jobs/7e5e7b5c-93a5-4a43-a41c-8e3f0a3c2b11')).statusCode, 404);
  assert.equal((await app.inject("/api/jobs/1'--")).statusCode, 400);
});

test('a job that throws has failed', async () => {
  assert.deepEqual(await outcomeOf(Promise.reject(new Error('no paper'))), { status: 'failed', result: 'no paper' });
});

test('a worker that is told to stop finishes its job and takes no other', async () => {
  const stop = new AbortController();
  const results: string[] = [];
  const started = Promise.withResolvers<void>();
  const work = Promise.withResolvers<string>();
  const running = runJobs(endless(results), () => (started.resolve(), work.promise), stop.signal, silentLog);

  await started.promise;
  stop.abort();
  assert.deepEqual(results, []);
  work.resolve('finished');
  await running;
  assert.deepEqual(results, ['finished']);
});

test('a worker outlives a queue that is out of reach', async () => {
  const stop = new AbortController();
  let attempts = 0;
  const jobs = endless([]);
  jobs.runNext = async () => {
    if (++attempts === 1) throw new Error('connection lost');
    stop.abort();
    return false;
  };
  await runJobs(jobs, async () => '', stop.signal, silentLog);
  assert.equal(attempts, 2);
});

/** A queue that always has one more job. */
function endless(results: string[]): JobQueue {
  return {
    push: () => Promise.reject(new Error('not needed here')),
    find: async (): Promise<Job | undefined> => undefined,
    runNext: async (handle) => results.push(await handle('text')) > 0,
  };
}
