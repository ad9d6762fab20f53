import type { Logger } from 'pino';
import { openBackends } from './backends.ts';
import { loadConfig } from './config.ts';
import { handleJob, type JobQueue } from './jobs.ts';
import { exitAfter, exitOnFault, pause } from './lifecycle.ts';
import { createLog } from './log.ts';

export async function work(stopping: AbortSignal): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  exitOnFault(log);
  stopping.addEventListener('abort', () => exitAfter(config.stopTimeout, log));

  const backends = openBackends(config, log);
  log.info('waiting for jobs');
  await runJobs(backends.jobs, handleJob, stopping, log);
  await backends.close();
  log.info('stopped');
}

/** One job after the other. When told to stop, it finishes the job at hand and takes no other. */
export async function runJobs(jobs: JobQueue, handle: typeof handleJob, stopping: AbortSignal, log: Logger): Promise<void> {
  let count = 0;
  const heartbeat = setInterval(() => log.info({ jobs: count }, 'alive'), 30_000);
  while (!stopping.aborted) {
    try {
      if (await jobs.runNext(handle, stopping)) count++;
    } catch (error) {
      log.warn(`cannot get at the jobs: ${(error as Error).message}`);
      await pause(1000, stopping);
    }
  }
  clearInterval(heartbeat);
}
