/**
 * Every script of a release killed at each of its lines: nginx never sends to a slot that does not
 * run, and the next run ends as if nothing had been.
 */
import { cpSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollBackScript } from '../../../../lib/release/host/index.ts';
import { ApiHost } from './api-host.ts';

let host: ApiHost;
let second: string;
const saved = () => `${host.folder}.saved`;
const states = ['opt', 'etc', 'systemd', 'run', 'units'];

beforeAll(async () => {
  host = new ApiHost({ systemd: 'records' });
  host.makeEarlier(await host.artifact('earlier'));
  host.deploy(await host.artifact('first'));
  second = await host.artifact('second');
});
afterAll(() => {
  rmSync(saved(), { recursive: true, force: true });
  host.stop();
});

function save(): void {
  rmSync(saved(), { recursive: true, force: true });
  for (const state of states) cpSync(host.at(state), `${saved()}/${state}`, { recursive: true, verbatimSymlinks: true });
}

function restore(): void {
  for (const state of states) {
    rmSync(host.at(state), { recursive: true, force: true });
    cpSync(`${saved()}/${state}`, host.at(state), { recursive: true, verbatimSymlinks: true });
  }
}

/** Prints on standard error each line that is reached, or ends the run at the first of one. */
const traced = `trap 'echo "at $LINENO" >&2' DEBUG; set -o functrace; `;
const killedAt = (line: string) => `trap '[ "$LINENO" != ${line} ] || kill -9 $$' DEBUG; set -o functrace; `;

function linesOf(script: string): string[] {
  const { stderr, code } = host.run(script, traced);
  expect(code).toBe(0);
  return [...new Set([...stderr.matchAll(/^at (\d+)$/gm)].map(([, line = '']) => line))];
}

/** Kills it at each line that it reaches, each time from the same state, and runs it again. */
function killEverywhere(step: string, script: string, afterwards = () => {}): void {
  save();
  const lines = linesOf(script);
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) {
    restore();
    expect(host.run(script, killedAt(line)).code, line).toBe(-1);
    expect(host.answers, `${step} killed at ${line}`).toBe(true);
    expect(host.run(script), line).toMatchObject({ code: 0 });
    expect(host.answers, `${step} run again after ${line}`).toBe(true);
    afterwards();
  }
}

describe.each(['before', 'unpack', 'migrate', 'start', 'health', 'switch', 'drain', 'prune'] as const)('%s, killed at any line', (step) => {
  it('leaves a release that serves, and carries on', () => {
    const { script } = host.script(second, step);
    killEverywhere(step, script);
  });
});

it('ends with the new release alone', () => {
  expect([host.serving, host.nginxPort]).toEqual(['second', '8080']);
  expect([host.isActive('dojang-api@a.service'), host.isActive('dojang-api@b.service')]).toEqual([true, false]);
});

describe.each([
  ['before the switch', 'health'],
  ['after the switch', 'switch'],
  ['when the old slot has ended', 'drain'],
] as const)('the way back %s, killed at any line', (_, last) => {
  it('leaves a release that serves, and ends with the one before', async () => {
    host.deploy(second);
    const third = await host.artifact(`third to ${last}`);
    for (const { script } of host.scriptsTo(third, last)) host.run(script);
    const back = rollBackScript('api', { digest: third, reason: 'errors', healthSeconds: 10 });
    killEverywhere('roll-back', back.script, () => expect(host.serving).toBe('second'));
    host.run(host.script(third, 'drain').script);
    expect(host.read(`opt/api/releases/${third}/.bad`)).toBe('errors');
    expect([host.isActive('dojang-api@a.service'), host.isActive('dojang-api@b.service')].filter(Boolean)).toHaveLength(1);
  });
});
