/** What the browser may know, under the names of the manifest's `public`. */
export type PublicSettings = Record<string, string>;

/**
 * The PUBLIC_* variables of the running container, without their prefix. Unlike NEXT_PUBLIC_*, which the build writes into
 * the scripts, they are read at each request: one image serves every environment.
 */
export function publicSettings(env: NodeJS.ProcessEnv = process.env): PublicSettings {
  const prefix = 'PUBLIC_';
  const named = Object.entries(env).filter(([name, value]) => name.startsWith(prefix) && value !== undefined);
  return Object.fromEntries(named.map(([name, value]) => [name.slice(prefix.length), value as string]));
}
