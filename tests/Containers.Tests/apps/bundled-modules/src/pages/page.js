import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const page = () => readFileSync(new URL('./page.html', import.meta.url), 'utf8').trim();
export const pageByFolder = () => readFileSync(join(import.meta.dirname, 'page.html'), 'utf8').trim();
