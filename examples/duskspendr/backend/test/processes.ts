import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { requiredSettings } from './support.ts';

/** One of the entry files of src/ as a process of its own, ended with its test at the latest. */
export function start(t: TestContext, entry: string, settings: Record<string, string>) {
  const child = spawn(process.execPath, [`src/${entry}`], { env: { ...requiredSettings, ...settings } });
  t.after(() => child.kill('SIGKILL'));

  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));

  /** Waits until the output has what fits. */
  async function printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(stdout);
      if (match) return match;
      await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error(`ended too early: ${stderr}`)))]);
    }
  }

  return { child, ended, printed };
}
