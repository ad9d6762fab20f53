import type { Connect, Plugin } from 'vite';

/** Serves /config.js from PUBLIC_* variables, as nginx does in production. */
export function configScript(): Plugin {
  const answer: Connect.NextHandleFunction = (_request, response) => {
    response.setHeader('content-type', 'text/javascript');
    response.setHeader('cache-control', 'no-store');
    response.end(scriptOf(process.env));
  };
  return {
    name: 'config-script',
    configureServer: (server) => void server.middlewares.use('/config.js', answer),
    configurePreviewServer: (server) => void server.middlewares.use('/config.js', answer),
  };
}

/** PUBLIC_API_URL=/api becomes `globalThis.__CONFIG__ = {"API_URL":"/api"};`. All other variables stay where they are. */
export function scriptOf(environment: Readonly<Record<string, string | undefined>>): string {
  const prefix = 'PUBLIC_';
  const entries = Object.entries(environment).filter(([name]) => name.startsWith(prefix) && name !== prefix);
  const settings = Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
  return `globalThis.__CONFIG__ = ${JSON.stringify(settings)};\n`;
}
