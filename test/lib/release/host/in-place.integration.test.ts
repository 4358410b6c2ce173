/** Releases of the web and the AI server, which each have one place. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rollBackScript } from '../../../../lib/release/host/index.ts';
import { hostResultFrom } from '../../../../lib/release/host/result.ts';
import { type Ended, InPlaceHost } from './in-place-host.ts';

let host: InPlaceHost;
beforeEach(() => {
  host = new InPlaceHost();
});
afterEach(() => host.remove());

const released = (ended: Ended) => hostResultFrom('ai', ended.step ?? 'health', ended);

describe('a release', () => {
  it.each(['web', 'ai'] as const)('of %s has scripts that shellcheck accepts', (app) => {
    const back = rollBackScript(app, { digest: 'a'.repeat(64), reason: "it's slow", healthSeconds: 60 });
    for (const { step, script } of [...host.scripts(app, 'a'.repeat(64)), back]) {
      const { stdout, error } = spawnSync('shellcheck', ['--format=gcc', '--shell=bash', '-'], { input: script, encoding: 'utf8' });
      expect(error, 'shellcheck is needed: apt install shellcheck').toBeUndefined();
      expect(stdout, step).toBe('');
    }
  });

  it('is fetched, checked, switched to and started; a second time nothing is done', async () => {
    const digest = await host.artifact('first');
    expect(released(host.install('ai', digest))).toMatchObject({ outcome: 'healthy' });
    expect(host.current('ai')).toContain('first');
    expect(host.said).toContain('systemctl start --no-block dojang-ai.service');
    host.forget();
    expect(released(host.install('ai', digest))).toMatchObject({ outcome: 'healthy', digest });
    expect(host.said).not.toMatch(/^systemctl (stop|start)/m);
  });

  it('that is unhealthy is rolled back, and the one before serves again', async () => {
    const first = await host.artifact('first');
    host.install('ai', first);
    const ended = host.install('ai', await host.artifact('second', { unhealthy: 'yes' }));
    expect(ended.code).toBe(1);
    expect(host.current('ai')).toContain('first');
    expect(() => released(ended)).toThrow('dojang-ai.service was not healthy within 2 s');
    expect(ended.stdout).toContain('the end of its log');
    expect(ended.stdout).toContain(`rolled-back\t${first}`);
  });

  describe('from before releases reported their readiness', () => {
    const notifies = { 'venv/lib/python3.12/site-packages/dojang_ai/notify.py': '' };
    const dropIn = () => {
      const file = host.at('over/systemd/system/dojang-ai.service.d/without-readiness.conf');
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    };
    const unit = '[Service]\nType=exec\nWatchdogSec=0\n';

    beforeEach(() => {
      // What systemd does with Type=notify: a unit becomes active when the release reports its
      // readiness, or a drop-in says not to wait for that.
      host.startsWhile(
        `compgen -G "/opt/dojang/ai/current/venv/lib/*/*/dojang_ai/notify.py" >/dev/null || grep -qs '^Type=exec' /etc/systemd/system/dojang-ai.service.d/*.conf`,
      );
      host.command('curl', `[ -f ${host.at('run/unit')} ] && [ ! -f /opt/dojang/ai/current/unhealthy ] || exit 22`);
    });

    it('runs, also when a rollback brings it back', async () => {
      const release = async (name: string, files: Record<string, string>) => {
        const digest = await host.artifact(name, files);
        host.complete('ai', digest, files);
        return digest;
      };
      const outcome = (digest: string) => /.*^release\tai\t([^\t]+)/ms.exec(host.install('ai', digest).stdout)?.[1];
      const old = await release('old', {});
      const current = await release('current', notifies);
      const unhealthy = await release('unhealthy', { ...notifies, unhealthy: 'yes' });
      expect([outcome(old), dropIn()]).toEqual(['healthy', unit]);
      expect([outcome(current), dropIn()]).toEqual(['healthy', undefined]);
      expect([outcome(old), dropIn()]).toEqual(['healthy', unit]);
      expect([outcome(unhealthy), dropIn()]).toEqual(['rolled-back', unit]);
      expect(existsSync(host.at('run/unit'))).toBe(true);
      // The same again changes nothing, and a unit that lost its drop-in gets it back.
      rmSync(host.at('over/systemd'), { recursive: true });
      expect([outcome(old), dropIn()]).toEqual(['healthy', unit]);
      host.forget();
      expect(outcome(old)).toBe('healthy');
      expect(host.said).not.toMatch(/daemon-reload|systemctl (stop|start)/);
    });
  });

  it('that is unhealthy and the first says that there is nothing to roll back to', async () => {
    const ended = host.install('ai', await host.artifact('first', { unhealthy: 'yes' }));
    expect(() => released(ended)).toThrow(
      expect.objectContaining({
        why: expect.stringMatching(/its unit is not healthy\.[\s\S]*there is no earlier release to roll back to/),
      }),
    );
    expect(released(host.install('ai', await host.artifact('second')))).toMatchObject({ outcome: 'healthy' });
  });

  it.each([
    ['without a GPU that its driver sees', "echo 'No devices were found'; exit 6", 'no GPU is visible: No devices were found'],
    ['on a GPU without memory', 'echo 12', 'the GPU has 12 MiB of memory free, less than 256'],
  ])('%s is rolled back', async (_, driver, fault) => {
    const first = await host.artifact('first');
    host.command('nvidia-smi', 'echo 9000');
    expect(released(host.install('ai', first))).toMatchObject({ outcome: 'healthy' });
    host.command('nvidia-smi', driver);
    const second = await host.artifact('second');
    expect(() => released(host.install('ai', second))).toThrow(fault);
    expect(host.current('ai')).toContain('first');
  });

  it('whose run was killed before its start is started by the next run', async () => {
    host.install('ai', await host.artifact('first'));
    const second = await host.artifact('second');
    expect(host.installKilled('ai', second)).toBe(-1);
    host.forget();
    expect(released(host.install('ai', second))).toMatchObject({ outcome: 'healthy' });
    expect(host.said).toContain('systemctl start --no-block dojang-ai.service');
  });

  it('that is unhealthy is rolled back to one that an earlier dojang has marked as well', async () => {
    const first = await host.artifact('first');
    host.install('ai', first);
    const home = host.at('opt/ai/releases', first);
    renameSync(join(home, '.healthy'), join(home, '.well'));
    const unhealthy = await host.artifact('second', { unhealthy: 'yes' });
    expect(host.install('ai', unhealthy).stdout).toContain(`rolled-back\t${first}`);
    expect(host.current('ai')).toContain('first');
  });

  it('that is unhealthy is rolled back to the healthy one, however many runs were killed on the way', async () => {
    const first = await host.artifact('first');
    host.install('ai', first);
    const unhealthy = await host.artifact('second', { unhealthy: 'yes' });
    host.installKilled('ai', unhealthy);
    host.installKilled('ai', unhealthy);
    expect(host.install('ai', unhealthy).stdout).toContain(`rolled-back\t${first}`);
    expect(host.current('ai')).toContain('first');
  });

  it('of the AI server serves although its model is away, and reports that', async () => {
    host.command('curl', `case " $* " in *" --fail "*) exit 22;; esac; echo '{"ok":false,"reason":"the endpoint does not answer"}'`);
    mkdirSync(host.at('opt/ai'), { recursive: true });
    const digest = await host.artifact('first');
    host.complete('ai', digest);
    expect(released(host.install('ai', digest))).toMatchObject({ outcome: 'healthy', note: 'the endpoint does not answer' });
  });

  it('of the AI server that says nothing is unhealthy', async () => {
    host.command('curl', 'exit 7');
    const digest = await host.artifact('first');
    host.complete('ai', digest);
    expect(() => released(host.install('ai', digest))).toThrow('dojang-ai.service was not healthy within 2 s');
  });

  it('whose file is not what its name says is refused before anything changes', async () => {
    const first = await host.artifact('first');
    host.install('ai', first);
    const wrong = 'b'.repeat(64);
    writeFileSync(host.at('bucket', `${wrong}.tar.gz`), 'something else');
    expect(host.install('ai', wrong).code).not.toBe(0);
    expect(host.current('ai')).toContain('first');
  });

  it('that a killed run left half unpacked is made anew', async () => {
    const digest = await host.artifact('first');
    mkdirSync(host.at('opt/ai/releases', digest, 'rubbish'), { recursive: true });
    expect(released(host.install('ai', digest))).toMatchObject({ outcome: 'healthy' });
    expect(spawnSync('ls', [host.at('opt/ai/releases', digest)], { encoding: 'utf8' }).stdout).not.toContain('rubbish');
  });

  it('of the web keeps the files that open pages still ask for', async () => {
    host.install('web', await host.artifact('first', { 'assets/old-1.js': 'old' }));
    host.install('web', await host.artifact('second', { 'assets/new-2.js': 'new' }));
    expect(readFileSync(host.at('opt/web/current/assets/old-1.js'), 'utf8')).toBe('old');
    expect(readFileSync(host.at('opt/web/current/assets/new-2.js'), 'utf8')).toBe('new');
    host.install('web', await host.artifact('third', { 'assets/newest-3.js': 'newest' }));
    for (const asset of ['old-1.js', 'new-2.js', 'newest-3.js']) expect(existsSync(host.at('opt/web/current/assets', asset))).toBe(true);
  });

  it('leaves the newest few on the host, and always the current one', async () => {
    for (const name of ['1', '2', '3', '4', '5', '6', '7']) host.install('web', await host.artifact(name));
    const there = spawnSync('ls', [host.at('opt/web/releases')], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
    expect(there).toHaveLength(5);
    expect(host.current('web')).toBe('7');
  });

  it('leaves no part of an old one where its removal is cut off, and installs that one again', async () => {
    const first = await host.artifact('1');
    host.install('web', first);
    for (const name of ['2', '3', '4', '5']) host.install('web', await host.artifact(name));
    // It removes one file of a release, and takes the script with it.
    host.command('rm', `f="\${@: -1}"; [ ! -f "$f/.complete" ] || { /bin/rm "$f/name"; kill -9 $PPID; exit 1; }; exec /bin/rm "$@"`);
    expect(host.install('web', await host.artifact('6'))).toMatchObject({ step: 'prune', code: 137 });
    expect(existsSync(host.at('opt/web/releases', first))).toBe(false);
    rmSync(host.at('bin/rm'));
    expect(released(host.install('web', first))).toMatchObject({ outcome: 'switched' });
    expect([host.current('web'), existsSync(host.at('opt/web/.removed'))]).toEqual(['1', false]);
  });

  it('keeps the one that it replaces, however old that is', async () => {
    const old = await host.artifact('1');
    host.install('ai', old);
    for (const name of ['2', '3', '4', '5']) host.install('ai', await host.artifact(name));
    host.install('ai', old);
    host.install('ai', await host.artifact('6'));
    expect(existsSync(host.at('opt/ai/releases', old))).toBe(true);
  });
});

describe('the way back', () => {
  it('of the web: the page before again, and open pages of either get their files', async () => {
    const first = await host.artifact('first', { 'assets/old-1.js': 'old' });
    const second = await host.artifact('second', { 'assets/new-2.js': 'new' });
    for (const each of [first, second]) host.install('web', each);
    expect(host.rollBack('web', second).stdout).toContain(`release\tweb\trolled-back\t${first}`);
    expect([host.current('web'), existsSync(host.at('opt/web/current/assets/new-2.js'))]).toEqual(['first', true]);
    expect(readFileSync(host.at('opt/web/releases', second, '.bad'), 'utf8')).toBe('errors\n');
    expect(host.rollBack('web', second).stdout).toContain('release\tweb\tkept');
    expect(host.rollBack('web', first)).toMatchObject({ code: 1, stdout: expect.stringContaining('there is no earlier release') });
    expect(host.current('web')).toBe('first');
    host.install('web', second);
    expect([host.current('web'), existsSync(host.at('opt/web/releases', second, '.bad'))]).toEqual(['second', false]);
  });

  it('of the AI server: restarted with the release before, and skipped afterwards', async () => {
    const [first, second, third] = [await host.artifact('first'), await host.artifact('second'), await host.artifact('third')];
    for (const each of [first, second, third]) host.install('ai', each);
    host.forget();
    expect(host.rollBack('ai', third).stdout).toContain(`release\tai\trolled-back\t${second}`);
    expect(host.said).toMatch(/^systemctl stop [\s\S]*^systemctl reset-failed [\s\S]*^systemctl start /m);
    expect(host.rollBack('ai', second).stdout).toContain(`rolled-back\t${first}`);
    expect(host.rollBack('ai', second).stdout).toContain('release\tai\tkept');
    expect(host.current('ai')).toBe('first');
  });

  it('of the AI server before its restart needs none', async () => {
    const first = await host.artifact('first');
    host.install('ai', first);
    const second = await host.artifact('second');
    host.run(host.scripts('ai', second)[1]?.script ?? '');
    host.forget();
    expect(host.rollBack('ai', second, '').stdout).toContain('release\tai\tkept');
    expect(host.said).not.toMatch(/^systemctl (stop|start)/m);
    expect(existsSync(host.at('opt/ai/releases', second, '.bad'))).toBe(false);
  });
});

it('nginx that refuses its configuration keeps the page that it has', async () => {
  host.install('web', await host.artifact('first'));
  writeFileSync(host.at('refuses'), '');
  const { step, code, stdout } = host.install('web', await host.artifact('second'));
  expect([step, code, host.current('web')]).toEqual(['nginx-test', 1, 'first']);
  expect(stdout).toContain('[emerg] refused');
});

it('what serves is named truly while the AI server has the link of a release that it does not run yet', async () => {
  const first = await host.artifact('first');
  host.install('ai', first);
  const second = await host.artifact('second');
  const [, unpack, change] = host.scripts('ai', second);
  for (const each of [unpack, change]) host.run(each?.script ?? '');
  expect(host.run(host.scripts('ai', second)[0]?.script ?? '').stdout).toContain(`serving\t-\t${second}\tnot restarted with it yet`);
});
