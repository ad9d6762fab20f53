import { createServer } from 'node:http';
import { greeting } from '@acme/shared';
import ms from 'ms';

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ service: 'api', greeting: greeting('api'), hour: ms('1h') }));
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close());
