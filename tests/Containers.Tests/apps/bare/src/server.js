// Says from inside what a test cannot see from outside. No dependencies, nothing to build.
import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';

const answers = {
  '/health': () => 'ok',
  '/user': () => ({ uid: process.getuid(), name: userInfo().username }),
  '/write': (query) => attempt(() => writeFileSync(query.get('path'), 'written')),
  '/read': (query) => attempt(() => readFileSync(query.get('path'), 'utf8')),
  '/env': (query) => process.env[query.get('name')] ?? null,
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const answer = answers[pathname];
  response.statusCode = answer ? 200 : 404;
  response.end(JSON.stringify(answer ? answer(searchParams) : 'no such path'));
});

function attempt(action) {
  try {
    return action() ?? 'ok';
  } catch (error) {
    return error.code;
  }
}

process.on('SIGTERM', () => {
  server.close(() => process.exit());
  server.closeAllConnections();
});
server.listen(Number(process.env.PORT), process.env.HOST);
