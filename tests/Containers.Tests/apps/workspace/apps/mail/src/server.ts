import { createServer } from 'node:http';
import { greeting } from '@acme/shared';
import depd from 'depd';

const deprecate = depd('mail');
const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ service: 'mail', greeting: greeting('mail'), deprecate: typeof deprecate }));
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => server.close());
