import { run } from './lifecycle.ts';

await run(async (stopping) => {
  const { work } = await import('./work.ts');
  await work(stopping);
});
