/** Runs bash as a host does. */
import { spawnSync } from 'node:child_process';

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Without `--norc`, bash takes its standard input, which is a socket, for a remote shell's, and
 * reads the developer's own ~/.bashrc.
 */
export function bash(script: string, env: Readonly<Record<string, string>> = {}, input = ''): Said {
  const { status, stdout, stderr, error } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    input,
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}
