const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { getHeapStatistics } = require('node:v8');

const answers = {
  '/health': () => 'ok',
  '/schema': () => require('generated'),
  '/migration': () => readFileSync('migrations/1.sql', 'utf8').trim(),
  '/heap': () => String(Math.round(getHeapStatistics().heap_size_limit / 1024 / 1024)),
};
const server = createServer((request, response) => {
  const answer = answers[request.url];
  response.writeHead(answer ? 200 : 404).end(answer?.() ?? 'no such page');
});
server.listen(Number(process.env.PORT), '0.0.0.0');
process.on('SIGTERM', () => server.close());
