import { forward } from '../../../lib/forward.ts';

export const dynamic = 'force-dynamic';

/** The browser knows this site alone: what it asks below /api is asked of the backend, which nothing else reaches. */
export { forward as GET, forward as POST, forward as PATCH, forward as DELETE };
