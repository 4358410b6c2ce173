import { describe, expect, it } from 'vitest';
import type { ShellResult } from '../../../../lib/ports/host-shell.ts';
import type { RestorePlan } from '../../../../lib/release/database/plan.ts';
import { dumpedFrom, dumpScript, restoredFrom, restoreScript, shipScript } from '../../../../lib/release/database/script.ts';
import { bash } from '../../host/bash.ts';
import { local } from '../../host/recipes.ts';

/**
 * What the host would run, with a program that prints its arguments and its input in the place of
 * the tool.
 */
function run(script: string): string {
  const tool = 'install() { cat >/dev/null; }\nexec() { printf "%s\\n" "$*"; cat; }';
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
    expect(run(shipScript())).toMatch(/^now\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n\/usr\/local\/lib\/dojang\/binlog --wait\n$/);
  });

  it.each([true, false])('carries the plan unchanged, rehearsed: %s', (rehearse) => {
    const [call, ...input] = run(restoreScript(plan, { rehearse, environment: local })).split('\n');
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

  const answer = (stdout: string, code = 0) => ({ code, stdout, stderr: 'restore: the API is not healthy\n' });
  const rehearsed = 'step\timport\t1.5\ntable\tpeople\t2\tabc\nprepared\t20261128T120000Z-nightly\t\t2\n';
  const tables = [{ name: 'people', rows: 2, checksum: 'abc' }];

  it('of a rehearsal, which has no dumps and no downtime', () => {
    const steps = [{ id: 'import', seconds: 1.5 }];
    expect(restoredFrom(answer(rehearsed), { rehearse: true })).toEqual({ steps, tables, downtimeSeconds: 0 });
  });

  it('of a restore, whose downtime is that of the steps behind the maintenance page', () => {
    const page = 'step\tstop\t1\nstep\texchange\t0.5\nstep\tmigrate\t0\nstep\tstart\t2\nstep\topen\t0\n';
    const dumps = 'replaced\tone-before-restore\nstep\tdump-replaced\t9\nrestored\ttwo-restored\nstep\tdump-restored\t9\n';
    expect(restoredFrom(answer(`${rehearsed}${page}${dumps}`), { rehearse: false })).toMatchObject({
      tables,
      downtimeSeconds: 3.5,
      replaced: 'one-before-restore',
      restored: 'two-restored',
    });
  });

  it.each([
    [rehearsed, 0, false],
    [`${rehearsed}restored\ttwo-restored\n`, 1, false],
    ['step\timport\t1.5\n', 0, true],
  ])('of one that did not come to its end: an error with its own last words', (stdout, code, rehearse) => {
    expect(() => restoredFrom(answer(stdout, code), { rehearse })).toThrow(
      expect.objectContaining({
        code: 'restore-failed',
        message: `the ${rehearse ? 'rehearsal' : 'restore'} failed after the step import`,
        why: 'restore: the API is not healthy',
      }),
    );
  });
});
