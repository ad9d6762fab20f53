import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';

const pingInterval = 30_000; // below the 60 s after which nginx drops a silent connection
const goingAway = 1001;

/** A websocket that sends everything back. */
export async function websocketRoutes(app: FastifyInstance): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: 64 * 1024 },
    preClose(done) {
      const { websocketServer: server } = app;
      for (const socket of server.clients) socket.close(goingAway, 'the server is stopping');
      const terminate = () => server.clients.forEach((socket) => socket.terminate());
      const impatience = setTimeout(terminate, 1000);
      server.close(() => {
        clearTimeout(impatience);
        done();
      });
    },
  });

  app.get('/api/ws', { websocket: true, config: { measured: false } }, (socket) => {
    const ping = setInterval(() => socket.ping(), pingInterval);
    socket.on('close', () => clearInterval(ping));
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
}
