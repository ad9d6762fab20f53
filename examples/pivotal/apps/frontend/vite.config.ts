import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { configScript } from './vite/config-script.ts';

// Where the api answers: Compose says it, and outside of containers it is the one on this machine.
const api = process.env['BACKEND_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react(), configScript()],
  server: {
    // What nginx does in production, websockets included. A pattern, since '/api' alone would match /apix as well.
    proxy: { '^/api(/|$)': { target: api, ws: true } },
  },
});
