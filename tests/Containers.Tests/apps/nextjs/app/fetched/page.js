import { unstable_cache } from 'next/cache';

const fetched = unstable_cache(async () => new Date().toISOString(), ['fetched']);

export const dynamic = 'force-dynamic';

export default async function Page() {
  return <p>fetched {await fetched()}</p>;
}
