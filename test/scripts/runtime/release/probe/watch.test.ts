/** A release is watched window after window, and left as soon as a trigger says so. */
import { describe, expect, it } from 'vitest';
import type { ShellResult } from '../../../../../lib/ports/host-shell.ts';
import { measureBefore } from '../../../../../scripts/runtime/release/probe/measure.ts';
import { type WatchOptions, watchRelease } from '../../../../../scripts/runtime/release/probe/watch.ts';

const before = { errorRate: 0, p95Milliseconds: 80 };
const printed = (window: string, health = 'ok', until = '1000.5') =>
  `sample\twindow\t${window}\nsample\tprobe\thealth\t${health}\t0.010\tstatus 200\nuntil\t${until}\n`;

/** The host prints these one after the other, and the last again and again; an error is thrown. */
function host(...answers: readonly (string | Error)[]) {
  const scripts: string[] = [];
  const rest = [...answers];
  let milliseconds = 0;
  const shell = {
    async run(_: string, script: string): Promise<ShellResult> {
      scripts.push(script);
      const answer = (rest.length > 1 ? rest.shift() : rest[0]) ?? '';
      if (answer instanceof Error) throw answer;
      return { code: 0, stdout: answer, stderr: '' };
    },
  };
  const clock = {
    now: () => milliseconds,
    pause: async (wanted: number) => {
      milliseconds += wanted;
    },
  };
  const watch = (options: Partial<WatchOptions> = {}) =>
    watchRelease({ shell, progress: () => {} }, { component: 'api', port: 'serving', before, seconds: 60, clock, ...options });
  return { watch, scripts, shell, seconds: () => milliseconds / 1000 };
}

describe('a release that is watched', () => {
  it('stays when nothing is wrong, after six windows of ten seconds', async () => {
    const { watch, scripts, seconds } = host(printed('100\t1\t85'), printed('100\t0\t85'));
    expect(await watch()).toEqual({ verdict: { do: 'keep' }, note: '600 requests, 1 failed, p95 85 ms (before 80 ms)' });
    expect([scripts.length, seconds()]).toEqual([6, 60]);
  });

  it('is left in the window in which requests fail', async () => {
    const { watch, seconds } = host(printed('100\t0\t85'), printed('100\t7\t85'));
    expect(await watch()).toMatchObject({ verdict: { do: 'roll-back', reason: '7 of 200 requests failed, more than 1 %' } });
    expect(seconds()).toBe(20);
  });

  it('is left when it is not healthy three times, with what was seen', async () => {
    const { watch, seconds } = host(printed('0\t0\t0', 'failed'));
    const { verdict, note } = await watch();
    expect(verdict).toMatchObject({ reason: 'health fails 3 times in a row: 3 in a row (status 200)' });
    expect([note, seconds()]).toEqual(['no requests', 30]);
  });

  it('has windows that follow each other by the clock of the host', async () => {
    const { watch, scripts } = host(printed('1\t0\t1', 'ok', '1000.5'), printed('1\t0\t1', 'ok', '1010.5'));
    await watch({ seconds: 30 });
    expect(scripts.map((script) => / api 10 (\S+) /.exec(script)?.[1])).toEqual(["''", '1000.5', '1010.5']);
  });

  it.each([
    ['p95 over 500 ms', [...Array(5).fill(printed('100\t0\t85')), printed('100\t0\t900')], 80, 'p95 over 500 ms 3 times in a row'],
    ['health', [...Array(5).fill(printed('1\t0\t1')), printed('1\t0\t1', 'failed')], 80, 'health fails 3 times in a row'],
  ] as const)('that is suspected in its last window is watched until that is settled: %s', async (_, answers, until, reason) => {
    const { watch, seconds } = host(...answers);
    expect(await watch()).toMatchObject({ verdict: { do: 'roll-back', reason: expect.stringContaining(reason) } });
    expect(seconds()).toBe(until);
  });

  it('that is suspected in its last window and then is well stays', async () => {
    const { watch, seconds } = host(...Array(5).fill(printed('9\t0\t1')), printed('9\t0\t900'), printed('9\t0\t1'));
    expect(await watch()).toMatchObject({ verdict: { do: 'keep' } });
    expect(seconds()).toBe(70);
  });

  it('that is suspected is watched for as long again at the most', async () => {
    const { watch, seconds } = host(printed('9\t0\t900'));
    expect(await watch({ seconds: 10 })).toMatchObject({ verdict: { do: 'keep' } });
    expect(seconds()).toBe(20);
  });

  it('is watched as briefly as wanted', async () => {
    const { watch, seconds } = host(printed('1\t0\t1'));
    await watch({ seconds: 4 });
    expect(seconds()).toBe(4);
  });
});

describe('a host that cannot be asked', () => {
  const gone = new Error('gone');

  it('once costs a window', async () => {
    expect(await host(gone, printed('9\t0\t5')).watch()).toMatchObject({
      verdict: { do: 'keep' },
      note: expect.stringContaining('45 requests'),
    });
  });

  it('three times in a row is an error', () => expect(host(printed('9\t0\t5'), gone).watch()).rejects.toBe(gone));
  it('ever is an error', () => expect(host(gone).watch({ seconds: 10 })).rejects.toBe(gone));
});

it('what was before is of the last minute, whichever slot served', async () => {
  const { shell, scripts } = host(printed('200\t4\t85'));
  const measured = await measureBefore({ shell, progress: () => {} }, { component: 'api' });
  expect(measured).toEqual({ errorRate: 0.02, p95Milliseconds: 85 });
  expect(scripts[0]).toContain(`python3 - api 60 '' '' "$slot" "$maintenance"`);
});
