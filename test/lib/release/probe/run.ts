/** Runs a script of a host beside the test, whose servers go on answering. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ShellResult } from '../../../../lib/ports/host-shell.ts';

/**
 * @param places what stands on a host, and what stands for it here
 * @param env further variables
 */
export async function runScript(
  script: string,
  places: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<ShellResult> {
  const here = Object.entries(places).reduce((all, [from, to]) => all.replaceAll(from, to), script);
  const child = spawn('bash', ['--norc', '-s'], { env: { ...process.env, ...env } });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part) => {
      said[name] += part;
    });
  }
  child.stdin.end(here);
  const [code] = await once(child, 'close');
  return { code: code ?? -1, ...said };
}
