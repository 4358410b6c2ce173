/** Killing a script at each of its lines, each time from the same state of a host. */
import { createHash } from 'node:crypto';
import { cpSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ApiHost } from './api-host.ts';

/** Folders of a host in which its state is. */
const folders = ['opt', 'etc', 'systemd', 'run', 'units'];

/** Prints on standard error each line that is reached, or ends the run at the first of one. */
const traced = `trap 'echo "at $LINENO" >&2' DEBUG; set -o functrace; `;
const killedAt = (line: string) => `trap '[ "$LINENO" != ${line} ] || kill -9 $$' DEBUG; set -o functrace; `;

export class Killing {
  readonly #host: ApiHost;
  readonly #saved: string;

  constructor(host: ApiHost) {
    this.#host = host;
    this.#saved = `${host.folder}.saved`;
  }

  /**
   * Kills the script at each line that it reaches, from the state of now, and calls `afterwards`
   * for the first line of each different state that a kill leaves: what follows from equal states
   * is equal.
   */
  atEachLine(script: string, afterwards: (line: string, again: () => void) => void): void {
    this.#save();
    const { stderr, code } = this.#host.run(script, traced);
    expect(code).toBe(0);
    const lines = [...new Set([...stderr.matchAll(/^at (\d+)$/gm)].map(([, line = '']) => line))];
    expect(lines.length).toBeGreaterThan(20);
    const seen = new Set<string>();
    for (const line of lines) {
      this.#kill(script, line);
      expect([line, this.#host.answers]).toEqual([line, true]);
      const state = this.#digest();
      if (seen.has(state)) continue;
      seen.add(state);
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

  /** Of all files, their modes and links, and of what nginx has loaded. */
  #digest(): string {
    const hash = createHash('sha256').update(this.#host.nginxPort);
    for (const folder of folders) {
      for (const name of readdirSync(this.#host.at(folder), { recursive: true, encoding: 'utf8' }).toSorted()) {
        const path = join(this.#host.at(folder), name);
        const stat = lstatSync(path);
        hash.update(`${folder}/${name} ${stat.mode}\n`);
        if (stat.isSymbolicLink()) hash.update(readlinkSync(path));
        else if (stat.isFile() && name !== 'said') hash.update(readFileSync(path));
      }
    }
    return hash.digest('hex');
  }
}
