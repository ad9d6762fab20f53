const { createServer } = require('node:http');
const { pino } = require('pino');
const { page } = require('./pages/page');

const log = pino({ transport: { target: 'pino/file' } });

createServer(({ url }, response) => {
  if (url !== '/page') return response.end('ok');
  log.info({ url });
  response.end(page());
}).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit());
