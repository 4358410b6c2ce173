/**
 * Releases of the web and the AI server, whose scripts are run by a real bash in a mount namespace of
 * its own; only systemd, nginx, the network and the bucket are stand-ins.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../../lib/release/artifact.ts';
import { type HostScript, type HostStepId, hostScripts, rollBackScript } from '../../../../lib/release/host/index.ts';
import { hostResultFrom } from '../../../../lib/release/host/result.ts';
import { digestOf, pack } from '../../../../scripts/artifacts/pack.ts';

type InstalledApp = Exclude<App, 'api'>;

/** A user other than root may mount in a user namespace of their own. */
const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
const place = mkdtempSync(join(tmpdir(), 'dojang-in-place-'));
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
    `case $2 in
  size) cat >/dev/null; exec stat -c %s "${path('bucket')}/$(basename "$4")" ;;
  fetch) cat >/dev/null; exec cp "${path('bucket')}/$(basename "$4")" "$6" ;;
esac
if [ "$2" = venv ]; then
  mkdir -p "$3/bin" "$3/lib"
  printf '#!/bin/bash\\n[ "$1" != -c ] || echo %s/lib\\n' "$3" >"$3/bin/python"
  chmod +x "$3/bin/python"
fi
[ "$1" != -c ] || sed -n 's/.*"reason":"\\([^"]*\\)".*/\\1/p' | grep .`,
  );
  systemd('true');
  command('bin/journalctl', 'echo the end of its log');
  command('bin/sleep', 'exit 0');
  command('bin/nginx', `[ ! -f ${path('refuses')} ] || { echo '[emerg] refused' >&2; exit 1; }`);
  // Healthy, unless the current release is not.
  command('bin/curl', 'test ! -f /opt/dojang/ai/current/unhealthy && echo a page');
});

/**
 * A unit that is started while the command holds is active until it is stopped; else it ends by
 * itself, and systemd starts it again and again.
 */
function systemd(starts: string): void {
  const state = path('run/unit');
  command(
    'bin/systemctl',
    `echo "systemctl $*" >> ${path('said')}
case "$*" in
  *nginx*) echo active ;;
  'is-active --quiet'*) [ -f ${state} ] ;;
  is-active*) [ -f ${state} ] && echo active || { [ -f ${state}.again ] && echo activating || echo inactive; exit 3; } ;;
  *NRestarts*ExecMain* | *-p*) printf 'ActiveState=%s\\nNRestarts=%s\\n' "$([ -f ${state} ] && echo active || echo activating)" "$(cat ${state}.again 2>/dev/null || echo 0)" ;;
  *'-P NRestarts'*) cat ${state}.again 2>/dev/null || echo 0 ;;
  *ExecMainStartTimestamp*) [ ! -f ${state} ] || date -d "$(stat -c %y ${state})" '+%F %T.%6N' ;;
  stop*) rm -f ${state} ${state}.again ;;
  start*)
    [ ! -f ${path('kill')} ] || { kill -9 $PPID; exit; }
    if ${starts}; then touch ${state}; else echo 3 >${state}.again; fi ;;
esac`,
  );
}

describe('a release', () => {
  it.each(['web', 'ai'] as const)('of %s has scripts that shellcheck accepts', (app) => {
    const back = rollBackScript(app, { digest: 'a'.repeat(64), reason: "it's slow", healthSeconds: 60 });
    for (const { step, script } of [...scripts(app, 'a'.repeat(64)), back]) {
      const { stdout, error } = spawnSync('shellcheck', ['--format=gcc', '--shell=bash', '-'], { input: script, encoding: 'utf8' });
      expect(error, 'shellcheck is needed: apt install shellcheck').toBeUndefined();
      expect(stdout, step).toBe('');
    }
  });

  it('is fetched, checked, switched to and started; a second time nothing is done', async () => {
    const digest = await artifact('first');
    expect(released(install('ai', digest))).toMatchObject({ outcome: 'healthy' });
    expect(current()).toContain('first');
    expect(said()).toContain('systemctl start --no-block dojang-ai.service');
    writeFileSync(path('said'), '');
    expect(released(install('ai', digest))).toMatchObject({ outcome: 'healthy', digest });
    expect(said()).not.toMatch(/^systemctl (stop|start)/m);
  });

  it('that is unhealthy is rolled back, and the one before serves again', async () => {
    const first = await artifact('first');
    install('ai', first);
    const ended = install('ai', await artifact('second', { unhealthy: 'yes' }));
    expect(ended.code).toBe(1);
    expect(current()).toContain('first');
    expect(() => released(ended)).toThrow('the release of the AI server failed in the step health');
    expect(ended.stdout).toContain('the end of its log');
    expect(ended.stdout).toContain(`rolled-back\t${first}`);
  });

  describe('from before releases reported their readiness', () => {
    const notifies = { 'venv/lib/python3.12/site-packages/dojang_ai/notify.py': '' };
    const dropIn = () => {
      const file = path('over/systemd/system/dojang-ai.service.d/without-readiness.conf');
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    };
    const unit = '[Service]\nType=exec\nWatchdogSec=0\n';

    beforeEach(() => {
      // What systemd does with Type=notify: a unit becomes active when the release reports its
      // readiness, or a drop-in says not to wait for that.
      systemd(
        `compgen -G "/opt/dojang/ai/current/venv/lib/*/*/dojang_ai/notify.py" >/dev/null || grep -qs '^Type=exec' /etc/systemd/system/dojang-ai.service.d/*.conf`,
      );
      command('bin/curl', `[ -f ${path('run/unit')} ] && [ ! -f /opt/dojang/ai/current/unhealthy ] || exit 22`);
    });

    it('runs, also when a rollback brings it back', async () => {
      const release = async (name: string, files: Record<string, string>) => {
        const digest = await artifact(name, files);
        completed('ai', digest, files);
        return digest;
      };
      const outcome = (digest: string) => /.*^release\tai\t([^\t]+)/ms.exec(install('ai', digest).stdout)?.[1];
      const old = await release('old', {});
      const current = await release('current', notifies);
      const unhealthy = await release('unhealthy', { ...notifies, unhealthy: 'yes' });
      expect([outcome(old), dropIn()]).toEqual(['healthy', unit]);
      expect([outcome(current), dropIn()]).toEqual(['healthy', undefined]);
      expect([outcome(old), dropIn()]).toEqual(['healthy', unit]);
      expect([outcome(unhealthy), dropIn()]).toEqual(['rolled-back', unit]);
      expect(existsSync(path('run/unit'))).toBe(true);
      // The same again changes nothing, and a unit that lost its drop-in gets it back.
      rmSync(path('over/systemd'), { recursive: true });
      expect([outcome(old), dropIn()]).toEqual(['healthy', unit]);
      writeFileSync(path('said'), '');
      expect(outcome(old)).toBe('healthy');
      expect(said()).not.toMatch(/daemon-reload|systemctl (stop|start)/);
    });
  });

  it('that is unhealthy and the first says that there is nothing to roll back to', async () => {
    const ended = install('ai', await artifact('first', { unhealthy: 'yes' }));
    expect(() => released(ended)).toThrow(
      expect.objectContaining({
        why: expect.stringMatching(/its unit is not healthy\.[\s\S]*there is no earlier release to roll back to/),
      }),
    );
    expect(released(install('ai', await artifact('second')))).toMatchObject({ outcome: 'healthy' });
  });

  it('whose run was killed before its start is started by the next run', async () => {
    install('ai', await artifact('first'));
    const second = await artifact('second');
    expect(killed('ai', second)).toBe(-1);
    writeFileSync(path('said'), '');
    expect(released(install('ai', second))).toMatchObject({ outcome: 'healthy' });
    expect(said()).toContain('systemctl start --no-block dojang-ai.service');
  });

  it('that is unhealthy is rolled back to one that an earlier dojang has marked as well', async () => {
    const first = await artifact('first');
    install('ai', first);
    const home = path('opt/ai/releases', first);
    renameSync(join(home, '.healthy'), join(home, '.well'));
    const unhealthy = await artifact('second', { unhealthy: 'yes' });
    expect(install('ai', unhealthy).stdout).toContain(`rolled-back\t${first}`);
    expect(current()).toContain('first');
  });

  it('that is unhealthy is rolled back to the healthy one, however many runs were killed on the way', async () => {
    const first = await artifact('first');
    install('ai', first);
    const unhealthy = await artifact('second', { unhealthy: 'yes' });
    killed('ai', unhealthy);
    killed('ai', unhealthy);
    expect(install('ai', unhealthy).stdout).toContain(`rolled-back\t${first}`);
    expect(current()).toContain('first');
  });

  it('of the AI server serves although its model is away, and reports that', async () => {
    command('bin/curl', `case " $* " in *" --fail "*) exit 22;; esac; echo '{"ok":false,"reason":"the endpoint does not answer"}'`);
    mkdirSync(path('opt/ai'), { recursive: true });
    const digest = await artifact('first');
    completed('ai', digest);
    expect(released(install('ai', digest))).toMatchObject({ outcome: 'healthy', note: 'the endpoint does not answer' });
  });

  it('of the AI server that says nothing is unhealthy', async () => {
    command('bin/curl', 'exit 7');
    const digest = await artifact('first');
    completed('ai', digest);
    expect(() => released(install('ai', digest))).toThrow('the release of the AI server failed in the step health');
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
    expect(released(install('ai', digest))).toMatchObject({ outcome: 'healthy' });
    expect(spawnSync('ls', [path('opt/ai/releases', digest)], { encoding: 'utf8' }).stdout).not.toContain('rubbish');
  });

  it('of the web keeps the files that open pages still ask for', async () => {
    install('web', await artifact('first', { 'assets/old-1.js': 'old' }));
    install('web', await artifact('second', { 'assets/new-2.js': 'new' }));
    expect(readFileSync(path('opt/web/current/assets/old-1.js'), 'utf8')).toBe('old');
    expect(readFileSync(path('opt/web/current/assets/new-2.js'), 'utf8')).toBe('new');
    install('web', await artifact('third', { 'assets/newest-3.js': 'newest' }));
    for (const asset of ['old-1.js', 'new-2.js', 'newest-3.js']) expect(existsSync(path('opt/web/current/assets', asset))).toBe(true);
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

function scripts(app: InstalledApp, digest: string): readonly HostScript[] {
  return hostScripts(app, { digest, bucket: 'releases', region: 'ap-northeast-2', migratePassword: '', healthSeconds: 2 });
}

/** As `deploy` runs them, to the first that fails. @returns the last of the AI server's health */
function install(app: InstalledApp, digest: string): Ended {
  let last: Ended = { code: 0, stdout: '', stderr: '' };
  for (const { step, script } of scripts(app, digest)) {
    const ended = run(script);
    if (step !== 'prune' || ended.code !== 0) last = { step, ...ended };
    if (ended.code !== 0) break;
  }
  return last;
}

interface Ended {
  readonly step?: HostStepId;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it with this test's folders in the places of a host. */
function run(script: string): Ended {
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
    input: script,
    encoding: 'utf8',
  });
  return { code: status ?? -1, stdout, stderr };
}

function released(ended: Ended) {
  return hostResultFrom('ai', ended.step ?? 'health', ended);
}

const current = () => readFileSync(path('opt/ai/current/name'), 'utf8');
const said = () => readFileSync(path('said'), 'utf8');

function command(name: string, body: string): void {
  writeFileSync(path(name), `#!/bin/bash\n${body}\n`);
  chmodSync(path(name), 0o755);
}
