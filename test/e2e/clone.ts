/** A copy of the project in a temporary folder, with its own embedded clouds, for commands. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { stopDaemon } from '../../scripts/io/process/daemon.ts';
import { root } from '../../scripts/io/state.ts';
import { stopHosts } from '../../scripts/local/hosts/index.ts';
import { readAnswer } from '../scripts/checked.ts';

export interface Ended {
  readonly code: number | null;
  /** What was printed, both streams in the order they came. */
  readonly text: string;
}

/** Neither made by hand nor needed in a copy. */
const left = new Set(['.git', '.dojang', 'cdk.out', 'node_modules', 'test', 'docs']);

export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojang-clone-'));

  /** Where its machines are. */
  readonly hosts = join(this.folder, '.dojang/local/hosts');

  constructor() {
    for (const name of readdirSync(root).filter((each) => !left.has(each)))
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** Runs `dojang` to its end. */
  dojang(...args: string[]): Promise<Ended> {
    return ended(this.start('node', [join(this.folder, 'bin/dojang.ts'), ...args]));
  }

  /** `dojang up` for a test of the clouds alone. */
  up(...args: string[]): Promise<Ended> {
    return this.dojang('up', '--clouds-only', ...args);
  }

  /**
   * Runs `dojang` and answers what it printed as JSON. @throws when it failed, or printed another
   * format than docs/json.md has.
   */
  async answer<T>(...args: string[]): Promise<T> {
    const child = this.start('node', [join(this.folder, 'bin/dojang.ts'), ...args, '--json']);
    let out = '';
    child.stdout?.on('data', (data) => {
      out += data;
    });
    const { code, text } = await ended(child);
    if (code !== 0) throw new Error(text);
    return readAnswer(out) as T;
  }

  /** Runs any command with variables beside the caller's, to its end. */
  run(command: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
    return ended(this.start(command, args, env));
  }

  /**
   * Starts a command as the leader of a process group of its own, so that it can be killed with all
   * its children.
   */
  start(command: string, args: string[], env: Record<string, string> = {}): ChildProcess {
    const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    return spawn(command, args, {
      cwd: this.folder,
      env: { ...process.env, PATH: path, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** The variables that point tools at the clouds of this copy. */
  async cloudEnv(): Promise<Record<string, string>> {
    const { text } = await this.dojang('local', 'env');
    return Object.fromEntries([...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]));
  }

  /**
   * Replaces text in a file of the copy. @throws when it is not there, so that no test changes
   * nothing unnoticed.
   */
  edit(file: string, from: string, to: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Ends the clouds at once and forgets all that was in them, as a reset between trials. */
  async reset(): Promise<void> {
    await stopHosts(this.hosts, { forget: true });
    for (const part of ['oidc', 'acme', 'aws', 'gcp']) await stopDaemon(join(this.folder, '.dojang/local', part));
    rmSync(join(this.folder, '.dojang'), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.reset();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function ended(child: ChildProcess): Promise<Ended> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      text += data;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
