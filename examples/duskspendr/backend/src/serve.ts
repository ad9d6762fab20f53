import { buildApp } from './app.ts';
import { openBackends } from './backends.ts';
import { loadConfig } from './config.ts';
import { exitAfter, exitOnFault, stopRequested } from './lifecycle.ts';
import { createLog } from './log.ts';

export async function serve(stopping: AbortSignal): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  exitOnFault(log);

  const backends = openBackends(config, log);
  const app = await buildApp(config, log, backends);
  if (!stopping.aborted) await app.listen({ port: config.port, host: config.host });

  await stopRequested(stopping);
  log.info('stopping');
  exitAfter(config.stopTimeout, log);
  await app.close();
  await backends.close();
  log.info('stopped');
}
