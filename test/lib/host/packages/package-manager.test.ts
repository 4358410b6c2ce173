/**
 * apt and dpkg beside another program that uses them, in real bash with stand-ins for the programs.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { packageManager } from '../../../../lib/host/packages/package-manager.ts';
import { bash } from '../bash.ts';
import { cases } from '../recipes.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'dojang-packages-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

const waits = { cloudInit: 1, locks: 2, pause: 0.02 };

/** Runs words of the package manager among stand-ins, as a step does. */
function run(words: string, standIns: string, limits = waits) {
  const notes = 'note() { echo "note: $1"; }';
  const functions = packageManager(limits).replaceAll('/usr/sbin/', `${work}/`);
  return bash(`set -euo pipefail\nwork=${work}\n${notes}\n${functions}\n${standIns}\n${words}`);
}

/** Fails with `message` for so many tries. */
const locked = (program: string, message: string, times: number) => `
  ${program}() {
    echo "$*" >>"$work/${program}-calls"
    [ "$(wc -l <"$work/${program}-calls")" -gt ${times} ] || { echo '${message}' >&2; return 100; }
    echo "${program} $*"
  }`;

const frontend = 'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1 (unattended-upgr)';

describe('a lock that another program holds', () => {
  it.each([
    [
      'apt-get',
      'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (unattended-upgr)',
      'apt_get update',
      /process 1 \(\S+\)/,
    ],
    [
      'dpkg',
      'dpkg: error: dpkg frontend lock was locked by another process with pid 1',
      'with_package_locks dpkg --configure -a',
      /process 1 \(/,
    ],
    [
      'dpkg',
      'dpkg: error: dpkg frontend lock was locked by /usr/bin/python3 process with pid 1',
      'with_package_locks dpkg --configure -a',
      /process 1/,
    ],
    [
      'apt-get',
      'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?',
      'apt_get update',
      /another/,
    ],
  ])('%s waits for: %s', (program, message, words, holder) => {
    const { code, stdout } = run(words, locked(program, message, 3));
    expect(code).toBe(0);
    const [waiting = '', done = '', note = ''] = stdout.split('\n');
    expect(waiting).toMatch(/^waiting for .*, which holds a lock of packages$/);
    expect(waiting).toMatch(holder);
    expect(done).toContain(program);
    expect(note).toMatch(/^note: waited \d s for /);
  });

  it('for too long is a failure that names the holder, and is not mistaken for old lists', () => {
    const { code, stderr } = run('apt_install jq', `dpkg() { :; }\n${locked('apt-get', frontend, 9999)}`);
    expect(code).toBe(75);
    expect(stderr).toMatch(/no packages can be installed: for 2 s a lock was held, at last by process 1 \(/);
    const calls = readFileSync(join(work, 'apt-get-calls'), 'utf8').trim().split('\n');
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) expect(call).toMatch(/ install --no-install-recommends jq$/);
  });

  it('and is not met again: lists are renewed when a package is not found', () => {
    const { code, stdout } = run('apt_install jq', `dpkg() { :; }\n${locked('apt-get', 'E: Unable to locate package jq', 1)}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^apt-get .* update\napt-get .* install --no-install-recommends jq\n$/);
  });

  it.each([
    ['one installation', 'apt_install jq'],
    ['two installations of a step', 'apt_install ./agent.deb jq; apt_install jq'],
  ])('is waited for as long as a step may, in all calls of %s together', (_, words) => {
    const pauses = 'sleep() { SECONDS=$((SECONDS + $1)); echo "$1" >>"$work/pauses"; }';
    // dpkg is locked for 200 s, and then apt-get for good, except for the first of two
    // installations.
    const dpkg = locked('dpkg', 'dpkg: error: dpkg frontend lock was locked by another process with pid 1', 2);
    const aptGet = `apt-get() { case "$*" in *agent*) ;; *) echo '${frontend}' >&2; return 100 ;; esac; }`;
    const { code, stderr } = run(words, `${pauses}\n${dpkg}\n${aptGet}`, { cloudInit: 1, locks: 300, pause: 100 });
    expect(code).toBe(75);
    expect(stderr).toContain('no packages can be installed: for 300 s a lock was held, at last by process 1');
    expect(readFileSync(join(work, 'pauses'), 'utf8')).toBe('100\n'.repeat(3));
  });

  it('is not looked for in another failure', () => {
    const { code, stdout, stderr } = run('apt_get install nonsense', locked('apt-get', 'E: Unable to locate package nonsense', 9999));
    expect({ code, stdout, stderr }).toEqual({ code: 100, stdout: '', stderr: 'E: Unable to locate package nonsense\n' });
  });
});

describe('cloud-init', () => {
  const inPath = (body: string) => `
    mkdir "$work/bin"
    printf '#!/bin/bash\\n%s\\n' '${body}' >"$work/bin/cloud-init"
    chmod 755 "$work/bin/cloud-init"
    export PATH="$work/bin:$PATH" work`;

  it('is waited for, also when it ends with an error', () => {
    const { code, stdout } = run('first_boot_ended; cat "$work/asked"', inPath('echo "$*" >"$work/asked"; exit 2'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'status --wait\n' });
  });

  it('that never ends is left alone after its limit, and said', () => {
    const { code, stdout } = run('first_boot_ended', inPath('exec sleep 60'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'note: cloud-init has not ended within 1 s: cloud-init status --long\n' });
  });

  it('that never ends is waited for once in a step', () => {
    const { code, stdout } = run('first_boot_ended; first_boot_ended', inPath('exec sleep 60'));
    expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 1 });
  });

  it('need not be there', () => expect(run('PATH=/nowhere first_boot_ended', '')).toMatchObject({ code: 0, stdout: '' }));
});

it.each(cases)('$name: apt and dpkg change something only where they wait for others', ({ recipe }) => {
  const script = renderRecipe(recipe, 'apply');
  const calls = script
    .split('\n')
    .filter((line) => /(^|[\s;&|])(apt-get|dpkg) +-/.test(line) && !/dpkg --(audit|compare-versions)/.test(line));
  expect(calls.length).toBeGreaterThan(1);
  for (const line of calls) expect(line).toMatch(/with_package_locks (dpkg|apt-get) /);
});
