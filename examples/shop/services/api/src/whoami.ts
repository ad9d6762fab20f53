import { rmSync, writeFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

/** Shows from outside how the container is locked down: its user, and that its root is read-only. */
export function whoamiRoutes(app: FastifyInstance): void {
  app.get('/api/whoami', async () => ({ uid: process.getuid?.(), pid: process.pid, rootWrite: tryToWrite('/shop-api-was-here') }));
}

function tryToWrite(path: string): string {
  try {
    writeFileSync(path, '');
    rmSync(path);
    return 'allowed';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'failed';
  }
}
