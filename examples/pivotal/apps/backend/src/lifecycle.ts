import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ConfigError } from './settings.ts';

const stop = new AbortController();

// In a container the process is PID 1, for which the kernel drops every signal that has no handler.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // The second Ctrl-C of someone who does not want to wait.
    if (stop.signal.aborted && signal === 'SIGINT') process.exit(130);
    stop.abort();
  });
}

/** Runs the process to its end. `stopping` is aborted by SIGTERM and SIGINT. */
export async function run(main: (stopping: AbortSignal) => Promise<void>): Promise<never> {
  try {
    await main(stop.signal);
    process.exit();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(78); // EX_CONFIG of sysexits.h
  }
}

export function stopRequested(stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.aborted) resolve();
    else stopping.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Waits, but not for longer than until `stopping`. */
export async function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal: stopping }).catch(() => {});
}

/** Whatever still runs after that time is given up: Docker would kill the process soon anyway. */
export function exitAfter(seconds: number, log: Logger): void {
  const giveUp = () => {
    log.warn({ seconds }, 'gave up what was still running');
    process.exit();
  };
  setTimeout(giveUp, seconds * 1000).unref();
}

/** After a fault nobody caught the state is unknown: say so in the log, and let the orchestrator start a new process. */
export function exitOnFault(log: Logger): void {
  const fail = (error: unknown) => {
    log.fatal(error, 'unexpected fault');
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}
