const server = require('node:http').createServer((request, response) => response.end('ok'));
server.listen(Number(process.env.PORT), '0.0.0.0');
process.on('SIGTERM', () => server.close());
