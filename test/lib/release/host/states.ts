/** Which lines of a script leave a host in different states when the script is killed there. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';

export interface ObservedScript {
  readonly script: string;
  /** Runs bash, with words before its first line. */
  readonly run: (script: string, before: string) => { readonly code: number };
  readonly folder: string;
  /** Those under it in which the host's state is. */
  readonly states: readonly string[];
}

/**
 * Runs the script and looks at the host before each command of the shell. @returns the first line
 * of each state, in their order, and every line of a subshell that changes it: a subshell carries
 * on when the script is killed
 */
export function linesOfStates({ script, run, folder, states }: ObservedScript): string[] {
  const at = `${folder}.looks`;
  rmSync(at, { recursive: true, force: true });
  mkdirSync(at);
  // With the times of the files, which a script may compare.
  const equal = '--sort=name --exclude=systemd/said --format=posix --pax-option=exthdr.name=%d/%f,delete=atime,delete=ctime';
  const look = `looks=$((\${looks:-0} + 1)); tar ${equal} -C ${folder} -cf ${at}/$looks ${states.join(' ')}; echo "$LINENO $looks"`;
  const trap = `if [ $BASHPID = $$ ]; then ${look}; else echo $LINENO; fi >>${at}/order`;
  expect(run(script, `trap '${trap}' DEBUG; set -o functrace; `).code).toBe(0);
  const looks = readFileSync(join(at, 'order'), 'utf8')
    .trim()
    .split('\n')
    .map((each) => {
      const [line = '', number] = each.split(' ');
      return {
        line,
        state:
          number &&
          createHash('sha256')
            .update(readFileSync(join(at, number)))
            .digest('hex'),
      };
    });
  rmSync(at, { recursive: true });
  const reached = new Map<string, string | undefined>();
  for (const [index, { line }] of looks.entries()) {
    const before = looks.slice(0, index + 1).findLast(({ state }) => state)?.state;
    const after = looks.slice(index).find(({ state }) => state)?.state;
    if (!reached.has(line)) reached.set(line, before === after ? before : undefined);
  }
  expect(reached.size).toBeGreaterThan(20);
  const seen = new Set<string>();
  return [...reached].flatMap(([line, state]) => {
    if (state !== undefined && seen.has(state)) return [];
    if (state !== undefined) seen.add(state);
    return [line];
  });
}

/** Digest of all files, their modes and links, whatever their times are. */
export function contentOf(folder: string, states: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of states.flatMap((each) => namesIn(folder, each)).toSorted()) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    hash.update(`${name} ${stat.mode}\n`);
    if (stat.isSymbolicLink()) hash.update(readlinkSync(path));
    else if (stat.isFile() && name !== 'systemd/said') hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Those of some files and links, in the order of their times. */
export function orderOf(folder: string, states: readonly string[], names: readonly string[]): string[] {
  return states
    .flatMap((each) => namesIn(folder, each))
    .filter((name) => names.includes(basename(name)))
    .map((name) => ({ name, at: lstatSync(join(folder, name), { bigint: true }).mtimeNs }))
    .toSorted((one, other) => Number(one.at - other.at) || one.name.localeCompare(other.name))
    .map(({ name }) => name);
}

const namesIn = (folder: string, state: string) =>
  readdirSync(join(folder, state), { recursive: true, encoding: 'utf8' }).map((name) => join(state, name));

/** Bash that comes before a script, in the same line as its first. */
export const killedAt = (line: string) => `trap '[ "$LINENO" != ${line} ] || kill -9 $$' DEBUG; set -o functrace; `;
