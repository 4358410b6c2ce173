import { describe, expect, it } from 'vitest';
import type { ShellResult } from '../../../../lib/ports/host-shell.ts';
import type { RestorePlan } from '../../../../lib/release/database/plan.ts';
import { dumpedFrom, dumpScript, restoredFrom, restoreScript, shipScript } from '../../../../lib/release/database/script.ts';
import { bash } from '../../host/bash.ts';

/** What the host would run, with a program that prints its arguments and its input in the place of the tool. */
function run(script: string): string {
  const tool = 'exec() { printf "%s\\n" "$*"; cat; }';
  const { code, stdout, stderr } = bash(`${tool}\n${script}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const plan: RestorePlan = {
  dump: {
    version: 1,
    id: '20261128T120000Z-nightly',
    label: 'nightly',
    at: '2026-11-28T12:00:00Z',
    server: { version: '8.0.44', uuid: '251aa5cd-eb52-11f1-8660-02fc00000001' },
    position: { file: 'binlog.000002', offset: 157 },
    tables: [{ name: "it's \\ $HOME `EOF`", rows: 1, checksum: 'a'.repeat(64), definition: 'b'.repeat(64) }],
    rows: 1,
    migrations: [],
    dataBytes: 1,
    bytes: 1,
    sha256: 'c'.repeat(64),
    seconds: 1,
  },
  logs: [],
  to: '2026-11-28 12:30:00',
  ends: null,
};

describe('what a host is sent', () => {
  it('names a tool and what it is to do', () => {
    expect(run(dumpScript())).toBe('/usr/local/lib/dojang/dump nightly\n');
    expect(run(dumpScript({ releaseId: '2026-11-28.3' }))).toBe('/usr/local/lib/dojang/dump 2026-11-28.3\n');
    expect(run(shipScript())).toBe('/usr/local/lib/dojang/binlog\n');
  });

  it.each([true, false])('carries the plan unchanged, rehearsed: %s', (rehearse) => {
    const [call, ...input] = run(restoreScript(plan, { rehearse })).split('\n');
    expect(call).toBe(`/usr/local/lib/dojang/restore ${rehearse ? 'rehearse' : 'apply'}`);
    expect(JSON.parse(input.join('\n'))).toEqual(plan);
  });
});

describe('what a host answers', () => {
  it('of a dump', () => {
    const stdout = 'dump\t20261128T120000Z-nightly\t9515\t1.7\t13\t45\nexpired\t20261101T120000Z-nightly\n';
    const id = '20261128T120000Z-nightly';
    expect(dumpedFrom({ code: 0, stdout, stderr: '' })).toEqual({
      id,
      key: `dumps/${id}.sql.gz`,
      bytes: 9515,
      seconds: 1.7,
      tables: 13,
      rows: 45,
    });
  });

  it('of a dump that was not made: its own last words', () => {
    const failure = (result: ShellResult) => expect(() => dumpedFrom(result));
    failure({ code: 1, stdout: '', stderr: 'dump: no room in /srv/data/dumps\n' }).toThrow(
      expect.objectContaining({ code: 'dump-failed', why: expect.stringMatching(/^dump: no room in \/srv\/data\/dumps\n/) }),
    );
    // A dump is not made by a tool that was ended after it had printed the line of one.
    failure({ code: 137, stdout: 'dump\tx\t1\t1\t1\t1\n', stderr: '' }).toThrow('the database was not dumped');
    failure({ code: 137, stdout: '', stderr: '' }).toThrow(
      expect.objectContaining({ why: expect.stringContaining('The tool ended with exit code 137.') }),
    );
    failure({ code: 0, stdout: 'dump\tx\n', stderr: '' }).toThrow('the database was not dumped');
  });

  it('of a rehearsal and of a restore, of which only the last has dumps', () => {
    const rehearsed = 'table\tpeople\t2\tabc\nprepared\t20261128T120000Z-nightly\t\t0\t2\n';
    const tables = [{ name: 'people', rows: 2, checksum: 'abc' }];
    expect(restoredFrom(rehearsed, { rehearse: true })).toEqual({ tables });
    expect(restoredFrom(rehearsed, { rehearse: false })).toBeUndefined();
    const restored = `${rehearsed}replaced\tone-before-restore\nrestored\ttwo-restored\n`;
    expect(restoredFrom(restored, { rehearse: false })).toEqual({ tables, replaced: 'one-before-restore', restored: 'two-restored' });
    expect(restoredFrom('table\tpeople\t2\tabc\n', { rehearse: true })).toBeUndefined();
  });
});
