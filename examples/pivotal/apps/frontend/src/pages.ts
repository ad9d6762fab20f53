export type Page = { name: 'board' } | { name: 'metric'; id: number } | { name: 'missing' };

/** Which page a path of the address bar means. */
export function pageOf(path: string): Page {
  const trimmed = path.replace(/\/+$/, '');
  const metric = /^\/metrics\/(\d{1,9})$/.exec(trimmed);
  if (metric) return { name: 'metric', id: Number(metric[1]) };
  return trimmed === '' ? { name: 'board' } : { name: 'missing' };
}
