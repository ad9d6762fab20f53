import { run } from './lifecycle.ts';

// The rest is imported late: a signal that arrives while the libraries load must not get lost.
await run(async (stopping) => {
  const { serve } = await import('./serve.ts');
  await serve(stopping);
});
