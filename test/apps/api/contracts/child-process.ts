/** Starts the API in a process of its own, and ends it as a power cut would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MysqlSettings } from '../../../../apps/api/src/settings.ts';
import { publicUrl } from '../app.ts';
import { mysqlEnvironment } from '../mysql.ts';

const main = fileURLToPath(new URL('child.ts', import.meta.url));

export interface ChildOptions {
  readonly mysql: MysqlSettings;
  readonly aiUrl: string;
  readonly env?: Record<string, string>;
}

export class ApiProcess {
  readonly #child: ChildProcess;
  readonly url: string;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start({ mysql, aiUrl, env }: ChildOptions): Promise<ApiProcess> {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH, ...apiEnvironment(mysql), ...quiet, AI_URL: aiUrl, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('port ')) return new ApiProcess(child, Number(line.slice(5)));
    }
    throw new Error('the API did not start');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

/** Its stdout is not read after the first line. */
const quiet = { LOG_LEVEL: 'silent' };

/** All that the API needs in its environment to start, without an AI server. */
export const apiEnvironment = (mysql: MysqlSettings) => ({
  PUBLIC_URL: publicUrl,
  SESSION_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
  ...mysqlEnvironment(mysql),
});
