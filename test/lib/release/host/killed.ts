/** Killing a script at each of its lines, each time from the same state of a host. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ApiHost } from './api-host.ts';

/** Folders of a host in which its state is. */
const folders = ['opt', 'etc', 'systemd', 'run', 'units'];

const killedAt = (line: string) => `trap '[ "$LINENO" != ${line} ] || kill -9 $$' DEBUG; set -o functrace; `;

export class Killing {
  readonly #host: ApiHost;
  readonly #saved: string;

  constructor(host: ApiHost) {
    this.#host = host;
    this.#saved = `${host.folder}.saved`;
  }

  /**
   * Kills the script at the first line of each different state that it passes, from the state of
   * now, and calls `afterwards`: what follows from equal states is equal.
   */
  atEachLine(script: string, afterwards: (line: string, again: () => void) => void): void {
    this.#save();
    const reached = this.#reached(script);
    expect(reached.size).toBeGreaterThan(20);
    const seen = new Set<string>();
    for (const [line, expected] of reached) {
      if (expected !== undefined && seen.has(expected)) continue;
      this.#kill(script, line);
      expect([line, this.#host.answers]).toEqual([line, true]);
      const left = this.#state();
      if (expected !== undefined) expect([line, left]).toEqual([line, expected]);
      if (seen.has(left)) continue;
      seen.add(left);
      afterwards(line, () => this.#kill(script, line));
    }
    expect(seen.size).toBeGreaterThan(0);
  }

  forget(): void {
    rmSync(this.#saved, { recursive: true, force: true });
  }

  #kill(script: string, line: string): void {
    this.#restore();
    expect(this.#host.run(script, killedAt(line)).code, line).toBe(-1);
  }

  #save(): void {
    this.forget();
    for (const folder of folders) cpSync(this.#host.at(folder), join(this.#saved, folder), { recursive: true, verbatimSymlinks: true });
  }

  #restore(): void {
    for (const folder of folders) {
      rmSync(this.#host.at(folder), { recursive: true, force: true });
      cpSync(join(this.#saved, folder), this.#host.at(folder), { recursive: true, verbatimSymlinks: true });
    }
  }

  /**
   * The lines that a run reaches, in their order, and the state that a kill there leaves. The shell
   * itself is looked at before each of its commands. A subshell carries on when the script is
   * killed: its lines leave the state around it where it changes nothing, else they are undefined.
   */
  #reached(script: string): Map<string, string | undefined> {
    const at = join(this.#saved, 'looks');
    mkdirSync(at);
    const look = `looks=$((\${looks:-0} + 1)); tar ${this.#packing(`${at}/$looks`)
      .map((each) => `"${each}"`)
      .join(' ')}; echo "$LINENO $looks"`;
    const trap = `if [ $BASHPID = $$ ]; then ${look}; else echo $LINENO; fi >>${at}/order`;
    expect(this.#host.run(script, `trap '${trap}' DEBUG; set -o functrace; `)).toMatchObject({ code: 0, stderr: '' });
    const order = readFileSync(join(at, 'order'), 'utf8').trim().split('\n');
    const looks = order.map((each) => {
      const [line = '', number] = each.split(' ');
      return { line, state: number && hashed(readFileSync(join(at, number))) };
    });
    const reached = new Map<string, string | undefined>();
    for (const [index, { line }] of looks.entries()) {
      if (reached.has(line)) continue;
      const before = looks.slice(0, index + 1).findLast(({ state }) => state)?.state;
      const after = looks.slice(index).find(({ state }) => state)?.state;
      reached.set(line, before === after ? before : undefined);
    }
    return reached;
  }

  /** Arguments of `tar`. Equal states make equal bytes, whatever name `mktemp` found. */
  #packing(target: string): string[] {
    const equal = ['--transform=s,\\(migrate[^/]*\\)\\.[^./]*$,\\1,', '--sort=name', '--mtime=@0', '--exclude=systemd/said'];
    return [...equal, '-C', this.#host.folder, '-cf', target, ...folders];
  }

  #state(): string {
    const { status, stdout, stderr } = spawnSync('tar', this.#packing('-'), { maxBuffer: 2 ** 30 });
    expect([status, stderr.toString()]).toEqual([0, '']);
    return hashed(stdout);
  }
}

const hashed = (packed: Buffer) => createHash('sha256').update(packed).digest('hex');
