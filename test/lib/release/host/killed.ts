/** Killing a script at each of its lines, each time from the same state of a host. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ApiHost } from './api-host.ts';
import { contentOf, killedAt, linesOfStates } from './states.ts';

/** Folders of a host in which its state is. */
const folders = ['opt', 'etc', 'systemd', 'run', 'units'];

export class Killing {
  readonly #host: ApiHost;
  readonly #saved: string;

  constructor(host: ApiHost) {
    this.#host = host;
    this.#saved = `${host.folder}.saved`;
  }

  /**
   * Kills the script at a line of each different state that it passes, from the state of now, and
   * calls `afterwards`: what follows from equal states is equal.
   */
  atEachLine(script: string, afterwards: (line: string, again: () => void) => void): void {
    this.#save();
    const run = (...given: [script: string, before: string]) => this.#host.run(...given);
    const seen = new Set<string>();
    for (const line of linesOfStates({ script, run, folder: this.#host.folder, states: folders })) {
      this.#kill(script, line);
      expect([line, this.#host.answers]).toEqual([line, true]);
      const state = `${this.#host.nginxPort} ${contentOf(this.#host.folder, folders)}`;
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
}
