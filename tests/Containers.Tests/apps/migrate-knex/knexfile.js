import { readFileSync } from 'node:fs';

export default {
  client: 'pg',
  connection: process.env.DATABASE_URL ?? readFileSync(process.env.DATABASE_URL_FILE, 'utf8').trim(),
  migrations: { directory: './migrations' },
};
