/** What the browser knows of the environment it runs in. */
export interface Config {
  /** Where the api is: a path of this site, or another one's URL. Without a slash at its end. */
  apiUrl: string;
  title: string;
}

declare global {
  /** /config.js sets it, from PUBLIC_* variables without their prefix. */
  var __CONFIG__: Readonly<Record<string, string>> | undefined;
}

export function readConfig(given: Readonly<Record<string, string>> = globalThis.__CONFIG__ ?? {}): Config {
  return {
    apiUrl: (given['API_URL'] || '/api/v1').replace(/\/+$/, ''),
    title: given['TITLE'] || 'Pivotal',
  };
}
