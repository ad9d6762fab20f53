export type Page = { name: 'items' } | { name: 'item'; id: number } | { name: 'live' } | { name: 'missing' };

/** Which page a path of the address bar means. */
export function pageOf(path: string): Page {
  const trimmed = path.replace(/\/+$/, '');
  const item = /^\/items\/(\d{1,9})$/.exec(trimmed);
  if (item) return { name: 'item', id: Number(item[1]) };
  if (trimmed === '') return { name: 'items' };
  if (trimmed === '/live') return { name: 'live' };
  return { name: 'missing' };
}
