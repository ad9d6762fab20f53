import ms from 'ms';

export function greeting(name: string): string {
  return `hello ${name}, ${ms(60_000, { long: true })} from shared`;
}
