import { pino, stdTimeFunctions, type Logger } from 'pino';
import { serviceName } from './config.ts';

/** One JSON object a line on stdout. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: { service: serviceName },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
