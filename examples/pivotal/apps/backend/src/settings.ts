import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** A mistake of whoever runs the process: its message is all they need, no stack. */
export class ConfigError extends Error {}

/** Reads settings from the environment and collects every mistake, so that one start shows them all. */
export class Settings {
  #env: NodeJS.ProcessEnv;
  #mistakes: string[] = [];

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  text(name: string, fallback: string): string {
    return this.#env[name] || fallback; // Compose passes an unset variable as an empty one
  }

  integer(name: string, fallback: number, least: number, most: number): number {
    const text = this.text(name, String(fallback));
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    return this.#mistake(name, `must be a whole number from ${least} to ${most}, not \`${text}\``, fallback);
  }

  choice<T extends string>(name: string, fallback: NoInfer<T>, choices: readonly T[]): T {
    const text = this.text(name, fallback);
    const choice = choices.find((candidate) => candidate === text);
    return choice ?? this.#mistake(name, `must be one of ${choices.join(', ')}, not \`${text}\``, fallback);
  }

  /** Addresses and networks, such as `10.0.0.7,172.20.0.0/16`. */
  networks(name: string): string[] {
    const entries = this.text(name, '').split(',').map((entry) => entry.trim()).filter(Boolean);
    const wrong = entries.filter((entry) => !isNetwork(entry));
    if (wrong.length === 0) return entries;
    return this.#mistake(name, `must be addresses or networks in CIDR form, not \`${wrong.join(', ')}\``, []);
  }

  /** A URL with a password in it: from NAME, or from the file that NAME_FILE names, as Docker mounts secrets. Its value is never shown. */
  secretUrl(name: string, schemes: readonly string[]): string {
    const value = this.#secret(name);
    if (value === undefined || schemes.includes(URL.parse(value)?.protocol ?? '')) return value ?? '';
    return this.#mistake(name, `must be a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`, '');
  }

  check(): void {
    if (this.#mistakes.length === 0) return;
    throw new ConfigError(['the configuration is incomplete or wrong:', ...this.#mistakes].join('\n  '));
  }

  #secret(name: string): string | undefined {
    if (this.#env[name]) return this.#env[name];

    const file = this.#env[`${name}_FILE`];
    if (!file) return this.#mistake(name, `is missing: set ${name}, or ${name}_FILE to the path of a file that holds it`, undefined);
    try {
      return readFileSync(file, 'utf8').trimEnd();
    } catch (error) {
      return this.#mistake(`${name}_FILE`, `cannot be read: ${(error as Error).message}`, undefined);
    }
  }

  #mistake<T>(name: string, problem: string, fallback: T): T {
    this.#mistakes.push(`${name} ${problem}`);
    return fallback;
  }
}

function isNetwork(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  return isIP(address) > 0 && rest.length === 0 && (prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= bits));
}
