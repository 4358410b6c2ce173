/**
 * Every script of a release killed at each of its lines: nginx never sends to a slot that does not
 * run, and the next run ends as if nothing had been.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollBackScript } from '../../../../lib/release/host/index.ts';
import { ApiHost } from './api-host.ts';
import { Killing } from './killed.ts';

let host: ApiHost;
let killing: Killing;
let second: string;

beforeAll(async () => {
  host = new ApiHost({ systemd: 'records' });
  killing = new Killing(host);
  host.makeEarlier(await host.artifact('earlier'));
  host.deploy(await host.artifact('first'));
  second = await host.artifact('second');
});
afterAll(() => {
  killing.forget();
  host.stop();
});

/** Kills it at each line that it reaches, each time from the same state, and runs it again. */
function killEverywhere(step: string, script: string, afterwards = () => {}): void {
  killing.atEachLine(script, (line) => {
    expect(host.run(script), line).toMatchObject({ code: 0 });
    expect(host.answers, `${step} run again after ${line}`).toBe(true);
    afterwards();
  });
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
