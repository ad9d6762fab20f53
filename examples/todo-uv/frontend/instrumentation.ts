/** Next.js calls it when the server starts: without its secret the process ends at once and says why, in place of failing at the first visitor. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { authSecret } = await import('./lib/session.ts');
  try {
    authSecret();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(78); // EX_CONFIG of sysexits.h
  }
}
