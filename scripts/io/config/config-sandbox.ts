/**
 * Runs a configuration that may be untrusted, such as a branch's, in a process without our secrets.
 */
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { start } from '../process/processes.ts';
import { root } from '../state.ts';
import type { ConfigMessage } from './config-sandbox-child.ts';

const program = fileURLToPath(new URL('./config-sandbox-child.ts', import.meta.url));

/** A configuration computes nothing that takes long. */
const longest = 20_000;

/**
 * What a file beside `dojang.config.ts` exports. It runs in a process without variables, that
 * starts no other and reads nothing but this clone without its hidden files: our own variables are
 * in /proc, and tokens in .git. The network is open to it.
 * @throws what it throws, with its stack.
 */
export function exportedApart(file: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const permissions = ['--permission', ...[file, ...visible()].map((path) => `--allow-fs-read=${path}`)];
    const child = start(process.execPath, [...permissions, program, pathToFileURL(file).href], {
      env: {},
      // What it prints is no part of our answer.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
      timeout: longest,
    });
    child.once('error', reject);
    child.once('message', (message: ConfigMessage) => {
      child.kill();
      if ('exported' in message) resolve(message.exported);
      else reject(Object.assign(new Error(message.message), { stack: message.stack }));
    });
    // After the last message there was.
    child.once('disconnect', () => reject(new Error(`it ended, or took more than ${longest / 1000} s, before it had exported anything`)));
  });
}

/** Files and folders of this clone, as they are called and where they are. */
function visible(): string[] {
  const paths = readdirSync(root).flatMap((name) => (name.startsWith('.') ? [] : join(root, name)));
  const there = paths.filter((path) => existsSync(path)).flatMap((path) => [path, realpathSync(path)]);
  return [...new Set(there)].map((path) => (statSync(path).isDirectory() ? join(path, '*') : path));
}
