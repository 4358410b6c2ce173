/**
 * The installation script, run by a real bash in a mount namespace of its own; only systemd, the
 * network and the bucket are stand-ins.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type InstalledApp, installScript } from '../../../lib/release/install.ts';
import { releasedFrom } from '../../../lib/release/outcome.ts';
import { digestOf, pack } from '../../../scripts/artifacts/pack.ts';

/** A user other than root may mount in a user namespace of their own. */
const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
const place = mkdtempSync(join(tmpdir(), 'dojang-install-'));
const path = (...names: string[]) => join(place, ...names);
afterAll(() => rmSync(place, { recursive: true }));

beforeEach(() => {
  rmSync(place, { recursive: true, force: true });
  for (const folder of ['opt', 'etc', 'run', 'tools', 'bin', 'bucket']) mkdirSync(path(folder), { recursive: true });
  writeFileSync(path('etc/api.env'), 'MYSQL_USER=api\nMYSQL_PASSWORD=of-the-api\nMYSQL_DATABASE=dojang\n');
  command('tools/secret', 'echo for-migrations');
  // What boto3 does: the key is the second word; and an environment that says where its packages are.
  command(
    'bin/python3',
    `[ "$1" = - ] && cat >/dev/null && cp "${path('bucket')}/$(basename "$3")" "$4" && exit
if [ "$2" = venv ]; then
  mkdir -p "$3/bin" "$3/lib"
  printf '#!/bin/bash\\n[ "$1" != -c ] || echo %s/lib\\n' "$3" >"$3/bin/python"
  chmod +x "$3/bin/python"
fi
[ "$1" != -c ] || sed -n 's/.*"reason":"\\([^"]*\\)".*/\\1/p' | grep .`,
  );
  command(
    'bin/systemctl',
    `echo "systemctl $*" >> ${path('said')}; [ "$1" != is-active ] || exit 0
[ ! -f ${path('kill')} ] || kill -9 $PPID`,
  );
  command('bin/journalctl', 'echo the end of its log');
  command('bin/sleep', 'exit 0');
  // Healthy, unless the current release is not.
  command('bin/curl', 'test ! -f /opt/dojang/ai/current/unhealthy');
});

describe('a release', () => {
  it.each(['web', 'ai'] as const)('of %s has a script that shellcheck accepts', (app) => {
    const { status, stdout, error } = spawnSync('shellcheck', ['--shell=bash', '-'], {
      input: script(app, 'a'.repeat(64)),
      encoding: 'utf8',
    });
    expect(error, 'shellcheck is needed: apt install shellcheck').toBeUndefined();
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('is fetched, checked, switched to and started; a second time nothing is done', async () => {
    const digest = await artifact('first');
    expect(released(install('ai', digest))).toMatchObject({ outcome: 'installed' });
    expect(current()).toContain('first');
    expect(said()).toContain('systemctl restart dojang-ai.service');
    writeFileSync(path('said'), '');
    expect(released(install('ai', digest))).toMatchObject({ outcome: 'current', digest: digest.slice(0, 12) });
    expect(said()).not.toContain('restart');
  });

  it('that is unhealthy is rolled back, and the one before serves again', async () => {
    const first = await artifact('first');
    install('ai', first);
    const ended = install('ai', await artifact('second', { unhealthy: 'yes' }));
    expect(ended.code).toBe(1);
    expect(current()).toContain('first');
    expect(() => released(ended)).toThrow(/could not be put into service/);
    expect(ended.stdout).toContain('the end of its log');
    expect(ended.stdout).toContain(`rolled-back\t${first.slice(0, 12)}`);
  });

  describe('from before releases reported their readiness', () => {
    const notifies = { 'venv/lib/python3.12/site-packages/dojang_ai/notify.py': '' };
    const dropIn = () => {
      const file = path('over/systemd/system/dojang-ai.service.d/without-readiness.conf');
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    };
    const unit = '[Service]\nType=exec\nWatchdogSec=0\n';

    beforeEach(() => {
      // What systemd does with Type=notify: a start succeeds when the release reports its
      // readiness, or a drop-in says not to wait for that.
      command(
        'bin/systemctl',
        `echo "systemctl $*" >> ${path('said')}
app=ai
case $1 in
  is-active) [ -f "${path('started')}-\${3#dojang-}" ] ;;
  restart)
    rm -f "${path('started')}-$app.service"
    if compgen -G "/opt/dojang/$app/current/venv/lib/*/*/dojang_ai/notify.py" ||
      grep -qs '^Type=exec' "/etc/systemd/system/$2.d"/*.conf; then touch "${path('started')}-$app.service"; else exit 1; fi ;;
esac >/dev/null`,
      );
      command(
        'bin/curl',
        `app=ai
[ -f "${path('started')}-$app.service" ] && [ ! -f "/opt/dojang/$app/current/unhealthy" ] || exit 22`,
      );
    });

    it('runs, also when a rollback brings it back', async () => {
      const release = async (name: string, files: Record<string, string>) => {
        const digest = await artifact(name, files);
        completed('ai', digest, files);
        return digest;
      };
      const outcome = (digest: string) => install('ai', digest).stdout.trim().split('\n').at(-1)?.split('\t')[2];
      const old = await release('old', {});
      const current = await release('current', notifies);
      const unhealthy = await release('unhealthy', { ...notifies, unhealthy: 'yes' });
      expect([outcome(old), dropIn()]).toEqual(['installed', unit]);
      expect([outcome(current), dropIn()]).toEqual(['installed', undefined]);
      expect([outcome(old), dropIn()]).toEqual(['installed', unit]);
      expect([outcome(unhealthy), dropIn()]).toEqual(['rolled-back', unit]);
      expect(existsSync(path('started-ai.service'))).toBe(true);
      // The same again changes nothing, and a unit that lost its drop-in gets it back.
      rmSync(path('over/systemd'), { recursive: true });
      expect([outcome(old), dropIn()]).toEqual(['current', unit]);
      writeFileSync(path('said'), '');
      expect(outcome(old)).toBe('current');
      expect(said()).not.toMatch(/daemon-reload|restart/);
    });
  });

  it('that is unhealthy and the first says that there is nothing to roll back to', async () => {
    const ended = install('ai', await artifact('first', { unhealthy: 'yes' }));
    expect(() => released(ended)).toThrow(
      expect.objectContaining({ why: expect.stringContaining('There is no earlier release to roll back to.') }),
    );
    expect(released(install('ai', await artifact('second')))).toMatchObject({ outcome: 'installed' });
  });

  it('whose run was killed before its start is started by the next run', async () => {
    install('ai', await artifact('first'));
    const second = await artifact('second');
    expect(killed('ai', second)).toBe(-1);
    writeFileSync(path('said'), '');
    expect(released(install('ai', second))).toMatchObject({ outcome: 'installed' });
    expect(said()).toContain('systemctl restart dojang-ai.service');
  });

  it('that is unhealthy is rolled back to one that an earlier dojang has marked as well', async () => {
    const first = await artifact('first');
    install('ai', first);
    const home = path('opt/ai/releases', first);
    renameSync(join(home, '.healthy'), join(home, '.well'));
    const unhealthy = await artifact('second', { unhealthy: 'yes' });
    expect(install('ai', unhealthy).stdout).toContain(`rolled-back\t${first.slice(0, 12)}`);
    expect(current()).toContain('first');
  });

  it('that is unhealthy is rolled back to the healthy one, however many runs were killed on the way', async () => {
    const first = await artifact('first');
    install('ai', first);
    const unhealthy = await artifact('second', { unhealthy: 'yes' });
    killed('ai', unhealthy);
    killed('ai', unhealthy);
    expect(install('ai', unhealthy).stdout).toContain(`rolled-back\t${first.slice(0, 12)}`);
    expect(current()).toContain('first');
  });

  it('of the AI server serves although its model is away, and reports that', async () => {
    command('bin/curl', `case " $* " in *" --fail "*) exit 22;; esac; echo '{"ok":false,"reason":"the endpoint does not answer"}'`);
    mkdirSync(path('opt/ai'), { recursive: true });
    const digest = await artifact('first');
    completed('ai', digest);
    expect(releasedFrom('ai', install('ai', digest))).toMatchObject({ outcome: 'installed', note: 'the endpoint does not answer' });
  });

  it('of the AI server that says nothing is unhealthy', async () => {
    command('bin/curl', 'exit 7');
    const digest = await artifact('first');
    completed('ai', digest);
    expect(() => releasedFrom('ai', install('ai', digest))).toThrow(/could not be put into service/);
  });

  it('whose file is not what its name says is refused before anything changes', async () => {
    const first = await artifact('first');
    install('ai', first);
    const wrong = 'b'.repeat(64);
    writeFileSync(path('bucket', `${wrong}.tar.gz`), 'something else');
    expect(install('ai', wrong).code).not.toBe(0);
    expect(current()).toContain('first');
  });

  it('that a killed run left half unpacked is made anew', async () => {
    const digest = await artifact('first');
    mkdirSync(path('opt/ai/releases', digest, 'rubbish'), { recursive: true });
    expect(released(install('ai', digest))).toMatchObject({ outcome: 'installed' });
    expect(spawnSync('ls', [path('opt/ai/releases', digest)], { encoding: 'utf8' }).stdout).not.toContain('rubbish');
  });

  it('of the web keeps the files that open pages still ask for', async () => {
    install('web', await artifact('first', { 'assets/old-1.js': 'old' }));
    install('web', await artifact('second', { 'assets/new-2.js': 'new' }));
    expect(readFileSync(path('opt/web/current/assets/old-1.js'), 'utf8')).toBe('old');
    expect(readFileSync(path('opt/web/current/assets/new-2.js'), 'utf8')).toBe('new');
    install('web', await artifact('third', { 'assets/newest-3.js': 'newest' }));
    expect(existsSync(path('opt/web/current/assets/new-2.js'))).toBe(true);
    expect(existsSync(path('opt/web/current/assets/old-1.js'))).toBe(false);
  });

  it('leaves the newest few on the host, and always the current one', async () => {
    for (const name of ['1', '2', '3', '4', '5', '6', '7']) install('web', await artifact(name));
    const there = spawnSync('ls', [path('opt/web/releases')], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    expect(there).toHaveLength(5);
    expect(readFileSync(path('opt/web/current/name'), 'utf8')).toBe('7');
  });

  it('keeps the one that it replaces, however old that is', async () => {
    const old = await artifact('1');
    install('ai', old);
    for (const name of ['2', '3', '4', '5']) install('ai', await artifact(name));
    install('ai', old);
    install('ai', await artifact('6'));
    expect(existsSync(path('opt/ai/releases', old))).toBe(true);
  });
});

/** A release that lies on the host unpacked, with its environment made. */
function completed(app: InstalledApp, digest: string, files: Record<string, string> = {}): void {
  for (const [file, content] of Object.entries({ '.complete': '', ...files })) {
    mkdirSync(path('opt', app, 'releases', digest, file, '..'), { recursive: true });
    writeFileSync(path('opt', app, 'releases', digest, file), content);
  }
}

/** A run that is killed when it would start the service. @returns how it ended */
function killed(app: InstalledApp, digest: string): number {
  writeFileSync(path('kill'), '');
  const { code } = install(app, digest);
  rmSync(path('kill'));
  return code;
}

async function artifact(name: string, files: Record<string, string> = {}): Promise<string> {
  const folder = path(`contents-${name}`);
  for (const [file, text] of Object.entries({ name, 'dojang_ai/name': name, ...files })) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const file = path('packed');
  await pack(folder, file);
  const digest = await digestOf(file);
  spawnSync('cp', [file, path('bucket', `${digest}.tar.gz`)]);
  return digest;
}

function script(app: InstalledApp, digest: string): string {
  return installScript(app, { digest, bucket: 'releases', region: 'ap-northeast-2' });
}

/** Runs it with this test's folders in the places of a host. */
function install(app: InstalledApp, digest: string) {
  const places = [
    `mount --bind ${path('opt')} /opt/dojang`,
    `mount --bind ${path('etc')} /etc/dojang`,
    `mount --bind ${path('run')} /run`,
    `mount --bind ${path('tools')} /usr/local/lib/dojang`,
  ];
  const inside = `set -e; mount -t tmpfs tmpfs /opt; mount -t tmpfs tmpfs /usr/local; mkdir -p /opt/dojang /usr/local/lib/dojang
mount -t overlay overlay -o lowerdir=/etc,upperdir=${path('over')},workdir=${path('work')} /etc; mkdir -p /etc/dojang
${places.join('; ')}; PATH=${path('bin')}:$PATH bash -s`;
  for (const folder of ['over', 'work']) mkdirSync(path(folder), { recursive: true });
  const { status, stdout, stderr } = spawnSync('unshare', [...asRoot, '--mount', 'bash', '-c', inside], {
    input: script(app, digest),
    encoding: 'utf8',
  });
  return { code: status ?? -1, stdout, stderr };
}

function released(ended: ReturnType<typeof install>) {
  return releasedFrom('ai', ended);
}

const current = () => readFileSync(path('opt/ai/current/name'), 'utf8');
const said = () => readFileSync(path('said'), 'utf8');

function command(name: string, body: string): void {
  writeFileSync(path(name), `#!/bin/bash\n${body}\n`);
  chmodSync(path(name), 0o755);
}
