import { run } from './lifecycle.ts';

await run(async (stopping) => {
  // A broken-off migration leaves nothing behind: its transaction ends with the connection.
  stopping.addEventListener('abort', () => process.exit(1));

  const { migrate } = await import('./migrations/migrate.ts');
  await migrate();
});
