import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';

const connectionString = process.env.DATABASE_URL ?? readFileSync(process.env.DATABASE_URL_FILE, 'utf8').trim();
const pool = new pg.Pool({ connectionString, max: 2 });

const server = createServer((request, response) => {
  if (request.url !== '/notes') return void response.end('ok');
  pool.query("insert into notes (text) values ('one more') returning (select count(*)::int from notes) as before").then(
    ({ rows }) => response.end(String(rows[0].before)),
    (error) => response.writeHead(500).end(error.message),
  );
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit());
