/** What the scripts print, as data. */
import { describe, expect, it } from 'vitest';
import { beforeFrom, measuredUntil, samplesFrom } from '../../../../lib/release/probe/samples.ts';

const result = (stdout: string, code = 0) => ({ code, stdout, stderr: '' });

describe('samples', () => {
  it('are read in their order', () => {
    const stdout = 'port\t8080\t9\nsample\twindow\t120\t3\t85.5\nuntil\t1764357600.123\nsample\tprobe\thealth\tfailed\t0.012\tstatus 503\n';
    expect(samplesFrom(result(stdout))).toEqual([
      { kind: 'window', requests: 120, errors: 3, p95Milliseconds: 85.5 },
      { kind: 'probe', signal: 'health', ok: false, seconds: 0.012, note: 'status 503' },
    ]);
    expect(measuredUntil(result(stdout))).toBe('1764357600.123');
  });

  it.each([
    ['there are none', result('')],
    ['the script failed', result('sample\twindow\t1\t0\t5\n', 1)],
    ['a signal is not known', result('sample\tprobe\tmood\tok\t0.1\n')],
    ['a kind is not known', result('sample\tguess\t1\n')],
  ])('are an error where %s', (_, given) => expect(() => samplesFrom(given)).toThrow(expect.objectContaining({ code: 'not-measured' })));
});

describe('the time before', () => {
  it('has rate and p95', () => {
    expect(beforeFrom(samplesFrom(result('sample\twindow\t200\t4\t85\n')))).toEqual({ errorRate: 0.02, p95Milliseconds: 85 });
  });

  it('is not known without requests', () => expect(beforeFrom(samplesFrom(result('sample\twindow\t0\t0\t0\n')))).toBeUndefined());
});
