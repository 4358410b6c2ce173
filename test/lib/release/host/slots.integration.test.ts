/**
 * A release of the API on a host with two slots, from the bucket to the last request: what each
 * script does, twice and when it is killed. Rows are those of deployment faults that were produced.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { hostResultFrom, ReleaseFault } from '../../../../lib/release/host/result.ts';
import { apiTestScript } from '../../../../lib/release/probe/api-test.ts';
import { ApiHost } from './api-host.ts';

let host: ApiHost;
beforeEach(() => {
  host = new ApiHost({ systemd: 'records' });
});
afterEach(() => host.stop());

const serving = () => [host.serving, host.read('opt/api/serving'), host.nginxPort];
const release = (digest: string, file = '') => host.at('opt/api/releases', digest, file);
const failure = (digest: string): DojangError => {
  try {
    host.deploy(digest);
  } catch (error) {
    if (error instanceof DojangError) return error;
  }
  throw new Error('the release did not fail');
};

describe('the scripts of a release', () => {
  it('pass shellcheck', async () => {
    for (const { step, script } of host.scripts('a'.repeat(64))) {
      const { stdout, error } = spawnSync('shellcheck', ['--format=gcc', '--shell=bash', '-'], { input: script, encoding: 'utf8' });
      expect(error, 'shellcheck is needed: apt install shellcheck').toBeUndefined();
      expect(stdout, step).toBe('');
    }
  });

  it('start it in the idle slot, switch nginx and stop the other; a second time nothing is done', async () => {
    const first = await host.artifact('first');
    const second = await host.artifact('second');
    expect(host.deploy(first).map(({ outcome }) => outcome)).toEqual([
      ...['none', 'unpacked', 'migrated', 'started', 'healthy', 'switched', 'drained', 'pruned'],
    ]);
    expect(serving()).toEqual(['first', 'a', '8080']);
    host.deploy(second);
    expect(serving()).toEqual(['second', 'b', '8081']);
    expect([host.isActive('dojang-api@a.service'), host.isActive('dojang-api@b.service')]).toEqual([false, true]);
    expect(host.read('etc/dojang/api-b.env')).toContain('PORT="8081"');
    host.write('systemd/said', '');
    expect(host.deploy(second).map(({ outcome }) => outcome)).toEqual([
      ...['healthy', 'current', 'migrated', 'serving', 'healthy', 'switched', 'drained', 'pruned'],
    ]);
    expect(host.read('systemd/said')).not.toMatch(/^(start|kill|reload)/m);
    expect(serving()).toEqual(['second', 'b', '8081']);
  });

  it('each change nothing when they are run twice', async () => {
    host.deploy(await host.artifact('first'));
    for (const { script } of host.scripts(await host.artifact('second'))) {
      for (const _ of ['once', 'twice']) expect(host.run(script)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(serving()).toEqual(['second', 'b', '8081']);
    expect(host.isActive('dojang-api@a.service')).toBe(false);
  });

  it('row 1: one that throws, three times: the other serves, and the way back needs no start', async () => {
    host.deploy(await host.artifact('first'));
    const throws = await host.artifact('throws', { throws: '' });
    for (const _ of [1, 2, 3]) {
      const { message, why } = failure(throws);
      expect(message).toMatch(/^dojang-api@b\.service ended by itself$/);
      expect(why).toMatch(/Release [0-9a-f]{12} in slot a serves\.[\s\S]*ended by itself[\s\S]*the end of its log/);
    }
    expect(serving()).toEqual(['first', 'a', '8080']);
    expect(host.read('systemd/said').match(/^reset-failed dojang-api@b/gm)).toHaveLength(6);
    expect(host.isActive('dojang-api@b.service')).toBe(false);
    expect(host.read(`opt/api/releases/${throws}/.bad`)).toContain('ended by itself');
    host.deploy(await host.artifact('mended'));
    expect(serving()).toEqual(['mended', 'b', '8081']);
  });

  it('say that no release serves when the first is not healthy', async () => {
    expect(failure(await host.artifact('throws', { throws: '' })).why).toContain('There is no earlier release, so none serves.');
    host.deploy(await host.artifact('second'));
    expect(host.serving).toBe('second');
  });

  it('leave nginx as it is when it refuses its configuration', async () => {
    host.deploy(await host.artifact('first'));
    const second = await host.artifact('second');
    const before = host.read('etc/nginx/dojang/api-upstream.conf');
    for (const { script } of host.scriptsTo(second, 'health')) host.run(script);
    host.write('refuses', '');
    const { code, stdout } = host.run(host.script(second, 'switch').script);
    expect([code, host.read('etc/nginx/dojang/api-upstream.conf')]).toEqual([1, before]);
    expect(stdout).toMatch(/\[emerg\] refused[\s\S]*serving\ta\t/);
    rmSync(host.at('refuses'));
    expect(host.rollBack(second, '').stdout).toContain('release\tapi\tkept');
    expect([host.isActive('dojang-api@b.service'), existsSync(release(second, '.bad'))]).toEqual([false, false]);
    expect(serving()).toEqual(['first', 'a', '8080']);
  });

  it.each([
    ['was restarted', 'restarts', '1', 'ended by itself'],
    ['waits for its restart', 'sub', 'auto-restart', 'ended by itself'],
    ['has failed', 'ended', 'failed', 'failed'],
  ])('test and switch no release that %s after it was healthy, and say that it is its fault', async (_, property, value, fault) => {
    host.deploy(await host.artifact('first'));
    const second = await host.artifact('second');
    for (const { script } of host.scriptsTo(second, 'health')) host.run(script);
    host.write(`systemd/dojang-api@b.service.${property}`, `${value}\n`);
    if (value === 'failed') rmSync(host.at('systemd/dojang-api@b.service.active'));
    expect(host.run(apiTestScript({ digest: second }).script)).toMatchObject({
      code: 0,
      stdout: `sample\tprobe\thealth\tfailed\t0\tdojang-api@b.service ${fault}, and had been healthy\n`,
    });
    const { script } = host.script(second, 'switch');
    expect(() => hostResultFrom('api', 'switch', host.run(script))).toThrow(ReleaseFault);
    expect(serving()).toEqual(['first', 'a', '8080']);
  });

  it('need a host with slots, and say what brings them', async () => {
    rmSync(host.at('units/dojang-api@.service'));
    expect(failure(await host.artifact('first')).why).toContain('dojang provision makes them');
  });

  it('refuse a release whose settings the host has not, before anything serves it, and name them', async () => {
    host.deploy(await host.artifact('first'));
    const declaration = JSON.stringify({ settings: ['MYSQL_USER', 'NEW_KEY', 'EMPTY', 'OTHER_KEY'] });
    const second = await host.artifact('second', { 'release.json': declaration });
    const settings = host.read('etc/dojang/api.env');
    host.write('etc/dojang/api.env', `${settings}\nEMPTY=""\n`);
    expect(failure(second).why).toMatch(/api\.env has not: NEW_KEY, EMPTY, OTHER_KEY$/m);
    expect([host.isActive('dojang-api@b.service'), existsSync(release(second, '.bad'))]).toEqual([false, false]);
    host.write('etc/dojang/api.env', `${settings}\nEMPTY="no"\nNEW_KEY=1\nOTHER_KEY='x'\n`);
    host.deploy(second);
    expect(host.serving).toBe('second');
  });

  it('report what serves and is not healthy, which the release may mend', async () => {
    const first = await host.artifact('first');
    host.deploy(first);
    host.command('bin/curl', '#!/bin/bash\nexit 22\n');
    const before = host.script(await host.artifact('second'), 'before');
    expect(hostResultFrom('api', 'before', host.run(before.script))).toEqual({
      outcome: 'unhealthy',
      digest: first,
      note: 'dojang-api@a.service does not report readiness',
      serving: { slot: 'a', digest: first, state: 'active' },
    });
  });

  it('leave no password of a migration that was killed', async () => {
    const passwords = () => readdirSync(host.at('run')).filter((name) => name.startsWith('dojang-migrate'));
    const digest = await host.artifact('first');
    const migrate = host.script(digest, 'migrate');
    host.run(host.script(digest, 'unpack').script);
    host.command(
      'bin/systemd-run',
      `#!/bin/bash\nfor word in "$@"; do case $word in *EnvironmentFile=*) cp "\${word#*File=}" ${host.at('migrated')};; esac; done\nkill -9 $PPID\n`,
    );
    expect(host.run(migrate.script).code).toBe(-1);
    expect(host.read('migrated')).toMatch(/MYSQL_DATABASE=dojang\nMYSQL_USER=migrate\nMYSQL_PASSWORD=a-password$/);
    expect(passwords()).toHaveLength(1);
    host.command('bin/systemd-run', '#!/bin/bash\nexit 0\n');
    host.run(migrate.script);
    expect(passwords()).toEqual([]);
  });
});

describe('room for a release', () => {
  const disk = (kib: number) =>
    host.command('bin/df', `#!/bin/bash\necho Avail\n[ -e ${host.at('opt/api/releases/old')} ] && echo ${kib} || echo 900000\n`);

  it('row 4: is looked at first; a release without it leaves nothing behind', async () => {
    host.deploy(await host.artifact('first'));
    host.command('bin/df', '#!/bin/bash\necho Avail\necho 60000\n');
    const second = await host.artifact('second');
    for (const _ of [1, 2]) expect(failure(second).why).toContain('no room for the release: 58 MiB are free');
    expect([existsSync(release(second)), existsSync(host.at('opt/api/.incoming'))]).toEqual([false, false]);
    expect(serving()).toEqual(['first', 'a', '8080']);
  });

  it('row 4: what fails while it is unpacked leaves neither half a release nor the download', async () => {
    const digest = await host.artifact('first');
    host.command('bin/tar', '#!/bin/bash\nmkdir -p "$5/half"\necho "No space left on device" >&2\nexit 2\n');
    expect(failure(digest).why).toContain('No space left on device');
    expect(readdirSync(host.at('opt/api/releases'))).toEqual([]);
    expect(existsSync(host.at('opt/api/.incoming'))).toBe(false);
  });

  it('is made by releases that neither serve nor are the way back', async () => {
    for (const name of ['one', 'two']) host.deploy(await host.artifact(name));
    mkdirSync(release('old'));
    disk(1000);
    host.deploy(await host.artifact('three'));
    expect(existsSync(release('old'))).toBe(false);
    expect(host.serving).toBe('three');
  });

  it('row 14: five releases stay, those that are not healthy go first', async () => {
    const good: string[] = [];
    for (const name of ['1', '2', '3', '4']) {
      good.push(await host.artifact(name));
      host.deploy(good.at(-1) ?? '');
    }
    const bad: string[] = [];
    for (const name of ['bad 1', 'bad 2', 'bad 3']) {
      bad.push(await host.artifact(name, { throws: '' }));
      failure(bad.at(-1) ?? '');
    }
    host.deploy(await host.artifact('5'));
    expect(good.map((each) => existsSync(release(each)))).toEqual([true, true, true, true]);
    expect(bad.map((each) => existsSync(release(each)))).toEqual([false, false, false]);
    expect(readdirSync(host.at('opt/api/releases'))).toHaveLength(5);
  });

  it('is not needed by a release that is still there, so that a full disk does not keep it from coming back', async () => {
    const first = await host.artifact('first');
    for (const each of [first, await host.artifact('second')]) host.deploy(each);
    host.command('bin/df', '#!/bin/bash\necho Avail\necho 0\n');
    host.deploy(first);
    expect(host.serving).toBe('first');
  });

  it('is twice that of the largest release there, before the next is built', async () => {
    const first = await host.artifact('first');
    host.deploy(first);
    host.command('bin/df', '#!/bin/bash\necho Avail\necho 700000\n');
    const before = host.scripts('')[0]?.script ?? '';
    expect(host.run(before).code).toBe(0);
    spawnSync('dd', ['if=/dev/zero', `of=${release(first, 'large')}`, 'bs=1M', 'count=400', 'status=none']);
    expect(host.run(before)).toMatchObject({ code: 1, stdout: expect.stringMatching(/683 MiB are free under \S+, and it needs 80\d MiB/) });
  });

  it('is not taken from what a killed run left half unpacked', async () => {
    const digest = await host.artifact('first');
    mkdirSync(release(digest, 'rubbish'), { recursive: true });
    host.deploy(digest);
    expect(existsSync(release(digest, 'rubbish'))).toBe(false);
  });

  it('is not filled by a file that is not what its name says', async () => {
    writeFileSync(host.at('bucket', `${'b'.repeat(64)}.tar.gz`), 'something else');
    failure('b'.repeat(64));
    expect(readdirSync(host.at('opt/api/releases'))).toEqual([]);
  });
});

describe('a rollback', () => {
  it('before the switch stops the idle slot and marks the release', async () => {
    host.deploy(await host.artifact('first'));
    const second = await host.artifact('second');
    for (const { script } of host.scriptsTo(second, 'health')) host.run(script);
    expect(host.isActive('dojang-api@b.service')).toBe(true);
    for (const _ of [1, 2]) expect(host.rollBack(second).stdout).toContain('release\tapi\tkept');
    expect([host.isActive('dojang-api@b.service'), host.read(`opt/api/releases/${second}/.bad`)]).toEqual([false, 'errors']);
    expect(serving()).toEqual(['first', 'a', '8080']);
  });

  it.each([
    ['while the old slot still runs', 'switch'],
    ['when the old slot has ended', 'prune'],
  ] as const)('after the switch, %s, brings back the release before', async (_, last) => {
    const first = await host.artifact('first');
    host.deploy(first);
    const second = await host.artifact('second');
    for (const { script } of host.scriptsTo(second, last)) host.run(script);
    expect(host.serving).toBe('second');
    expect(host.rollBack(second).stdout).toContain(`release\tapi\trolled-back\t${first}\ta`);
    expect(serving()).toEqual(['first', 'a', '8080']);
    expect(host.rollBack(second).stdout).toContain('release\tapi\tkept');
    expect(host.isActive('dojang-api@b.service')).toBe(false);
    expect(serving()).toEqual(['first', 'a', '8080']);
  });

  it('skips releases that are bad', async () => {
    const [one, two, three] = [await host.artifact('one'), await host.artifact('two'), await host.artifact('three')];
    for (const each of [one, two, three]) host.deploy(each);
    host.rollBack(three);
    host.run(host.script(two, 'drain').script);
    host.rollBack(two);
    expect(host.serving).toBe('one');
    expect(host.rollBack(one).stdout).toContain('there is no earlier release to roll back to');
    expect(host.serving).toBe('one');
  });
});

describe('a host from before the API had slots', () => {
  it('has its release in slot a, whose unit is stopped when slot b serves', async () => {
    host.makeEarlier(await host.artifact('earlier'));
    const second = await host.artifact('second');
    for (const { step, script } of host.scripts(second)) {
      expect(host.run(script)).toMatchObject({ code: 0, stderr: '' });
      expect(host.answers, step).toBe(true);
      if (step === 'switch') expect(host.isActive('dojang-api.service')).toBe(true);
      // By this file the release in slot b knows that it does not serve yet.
      if (step === 'start' || step === 'health') expect(host.read('opt/api/serving')).toBe('a');
    }
    expect(serving()).toEqual(['second', 'b', '8081']);
    expect([
      host.isActive('dojang-api.service'),
      existsSync(host.at('units/dojang-api.service')),
      existsSync(host.at('opt/api/current')),
    ]).toEqual([false, false, false]);
    host.rollBack(second);
    expect(serving()).toEqual(['earlier', 'a', '8080']);
  });

  it('goes back to its unit while that still runs', async () => {
    host.makeEarlier(await host.artifact('earlier'));
    const second = await host.artifact('second');
    for (const { script } of host.scriptsTo(second, 'switch')) host.run(script);
    expect(host.rollBack(second).stdout).toMatch(/rolled-back\t[0-9a-f]{64}\ta/);
    expect([host.nginxPort, host.isActive('dojang-api.service'), host.isActive('dojang-api@a.service')]).toEqual(['8080', true, false]);
  });
});
