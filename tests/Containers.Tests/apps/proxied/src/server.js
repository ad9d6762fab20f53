// What a proxy has to bring through: every kind of answer, each asked for by the path below /api or below /.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { hostname } from 'node:os';

const words = 'all work and no play makes a dull page\n'.repeat(200);

const answers = {
  health: (_, response) => response.end('ok'),
  metrics: (_, response) => response.end('secret 1\n'),

  // What the server sees of a request.
  echo: (request, response) => json(response, { host: hostname(), method: request.method, url: request.url, headers: request.headers }),

  text: (_, response) => response.setHeader('Content-Type', 'text/plain').end(words),
  hashed: (_, response) => response.setHeader('Content-Type', 'text/javascript').setHeader('Cache-Control', 'public, max-age=31536000, immutable').end(words),
  'script.js': (_, response) => response.setHeader('Content-Type', 'text/javascript').end(words),
  missing: (_, response) => response.writeHead(404).end('no such thing'),
  busy: (_, response) => response.writeHead(429, { 'Retry-After': '77' }).end('my own'),
  broken: (_, response) => response.writeHead(500).end('my own'),

  // Its own headers, stricter than those of the proxy.
  own: (_, response) =>
    response
      .setHeader('Content-Security-Policy', "default-src 'none'")
      .setHeader('X-Frame-Options', 'DENY')
      .setHeader('X-Content-Type-Options', 'nosniff')
      .setHeader('Referrer-Policy', 'no-referrer')
      .setHeader('Permissions-Policy', 'camera=(self)')
      .setHeader('Cross-Origin-Opener-Policy', 'unsafe-none')
      .setHeader('Strict-Transport-Security', 'max-age=1')
      .end('own'),

  // Counts what arrives, and says how many pieces it came in.
  upload(request, response) {
    let bytes = 0;
    request.on('data', (piece) => (bytes += piece.length)).on('end', () => json(response, { bytes }));
  },

  // ?bytes=N, as fast as the other side takes it.
  download(request, response) {
    let left = Number(new URL(request.url, 'http://x').searchParams.get('bytes'));
    response.setHeader('Content-Type', 'application/octet-stream').setHeader('Content-Length', left);
    const more = () => {
      while (left > 0) {
        const piece = Buffer.alloc(Math.min(left, 65536), 'x');
        left -= piece.length;
        if (!response.write(piece)) return response.once('drain', more);
      }
      response.end();
    };
    more();
  },

  // One event at once, the next one when somebody asks for /release.
  events(_, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: first\n\n');
    waiting.add(response);
  },
  release(_, response) {
    for (const stream of waiting) stream.end('data: second\n\n');
    waiting.clear();
    response.end('released');
  },
};
const waiting = new Set();

function json(response, value) {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  const name = pathname.split('/').at(-1);
  const answer = answers[name];
  if (answer) answer(request, response);
  else response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>page</title>');
});

// A websocket that sends back what it gets: one short text frame at a time.
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  socket.on('error', () => socket.destroy());
  socket.on('data', (frame) => {
    const length = frame[1] & 0x7f;
    const mask = frame.subarray(2, 6);
    const text = frame.subarray(6, 6 + length).map((byte, i) => byte ^ mask[i % 4]);
    socket.write(Buffer.concat([Buffer.from([frame[0], length]), text]));
  });
});

// Node's own 5 s for idle connections, which is what most applications have.
server.listen(Number(process.env.PORT));
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  for (const stream of waiting) stream.end();
});
