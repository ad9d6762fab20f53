import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
import { hash } from '@node-rs/argon2';
import { page, pageByFolder } from './pages/page.js';

const answers = {
  '/hash': () => hash('secret'),
  '/page': () => JSON.stringify([page(), pageByFolder()]),
  '/thread': () => new Promise((resolve) => new Worker(new URL('./threads/shout.js', import.meta.url)).once('message', resolve)),
};

createServer(async ({ url }, response) => response.end((await answers[url]?.()) ?? 'ok')).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit());
