/**
 * When hosts restart, and the tool that does it: in real bash, with a clock and a systemctl of the
 * test's.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Maintenance } from '../../../../lib/config/schema/maintenance.ts';
import { rebootSlot, rebootWindow } from '../../../../lib/host/packages/reboot-window.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { bash } from '../bash.ts';

const seoul: Maintenance = { day: 'sunday', time: '04:00', zone: 'Asia/Seoul' };

describe('the window', () => {
  it('has a half for each host, the AI host first', () => {
    expect(rebootSlot('gcp', seoul)).toEqual({ day: 'sunday', time: '04:00', zone: 'Asia/Seoul' });
    expect(rebootSlot('aws', seoul)).toEqual({ day: 'sunday', time: '04:30', zone: 'Asia/Seoul' });
  });

  it('may go on into the next day, and into the next week', () => {
    expect(rebootSlot('aws', { ...seoul, day: 'tuesday', time: '23:45' })).toMatchObject({ day: 'wednesday', time: '00:15' });
    expect(rebootSlot('aws', { ...seoul, day: 'saturday', time: '23:30' })).toMatchObject({ day: 'sunday', time: '00:00' });
  });

  it('is a timer that does not make up for a window that was missed', () => {
    const { definitions, check } = rebootWindow('aws', seoul);
    expect(definitions).toContain('OnCalendar=sun *-*-* 04:30:00 Asia/Seoul');
    expect(definitions).toContain('Persistent=no');
    expect(check).toContain('unit_differs dojang-reboot.timer');
  });

  it('that is never leaves nothing on a host', () => {
    const { check, apply } = rebootWindow('aws', { ...seoul, day: 'never' });
    expect(check).toContain('dojang-reboot.timer is there, and no window is configured');
    expect(apply).toContain('disable -q --now dojang-reboot.timer');
  });
});

/**
 * A host's own programs: a developer's wrappers of python3 would pause by the test's `sleep`, and
 * so move its clock.
 */
const hostPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

describe('the tool', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojang-reboot-'));
    for (const name of ['bin', 'run', 'opt/api', 'dpkg', 'state']) mkdirSync(join(folder, name), { recursive: true });
    put('opt/api/.lock', '');
    put('state/lock', '');
    command('systemctl', 'echo "systemctl $*"');
    // Whatever is at work ends in the first pause, when the test lets it; the next pause lasts
    // until after every window.
    command('sleep', `[ "$1" = infinity ] || { [ -e ${folder}/end ] && bash ${folder}/end && rm ${folder}/end; } || echo after >"$NOW"`);
    // The clock: a day of the week and a time, in the zone that is asked for.
    command('date', '[ "$TZ" = Asia/Seoul ] || exit 1; case $(cat "$NOW") in after) echo "3 12 00" ;; *) cat "$NOW" ;; esac');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function put(path: string, content: string): void {
    writeFileSync(join(folder, path), content);
  }

  function command(name: string, body: string): void {
    put(`bin/${name}`, `#!/bin/bash\n${body}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }

  /** Runs the tool of a host at `now`, a day of the week from Sunday = 0, hour and minute. */
  function run(host: HostName, now: string, maintenance = seoul, before = ''): string {
    put('now', now);
    const print = `${rebootWindow(host, maintenance).definitions}\ntext_of__usr_local_lib_dojang_reboot_if_required`;
    const tool = bash(print)
      .stdout.replaceAll('/var/run/', `${folder}/run/`)
      .replaceAll('/opt/dojang/', `${folder}/opt/`)
      .replaceAll('/var/lib/dojang/provision/', `${folder}/state/`)
      .replaceAll('/var/lib/dpkg/', `${folder}/dpkg/`);
    put('tool', tool);
    const { stdout, stderr } = bash(`${before}\nbash ${folder}/tool`, { PATH: `${folder}/bin:${hostPath}`, NOW: `${folder}/now` });
    expect(stderr).toBe('');
    return stdout;
  }

  const asks = () => {
    put('run/reboot-required', '*** System restart required ***\n');
    put('run/reboot-required.pkgs', 'linux-image\nlinux-base\nlinux-image\n');
  };
  const restart = 'restarting for linux-base linux-image \nsystemctl --no-block reboot\n';

  it('does nothing while no update asks', () => expect(run('gcp', '0 04 10')).toBe('no update asks for a restart\n'));

  it.each<[HostName, string]>([
    ['gcp', '0 04 00'],
    ['gcp', '0 04 29'],
    ['aws', '0 04 30'],
    ['aws', '0 04 59'],
  ])('restarts %s at %s', (host, now) => {
    asks();
    expect(run(host, now)).toBe(restart);
  });

  it.each<[HostName, string]>([
    ['gcp', '0 03 59'],
    ['gcp', '0 04 30'],
    ['gcp', '1 04 10'],
    ['aws', '0 04 29'],
    ['aws', '0 05 00'],
    ['aws', '6 04 45'],
  ])('restarts %s not at %s', (host, now) => {
    asks();
    expect(run(host, now)).toMatch(/^not restarted: outside of the window, sunday 04:\d0 Asia\/Seoul\n$/);
  });

  it('knows a window that goes on into the next week', () => {
    asks();
    const late: Maintenance = { ...seoul, day: 'saturday', time: '23:15' };
    expect(run('aws', '0 00 10', late)).toBe(restart);
    expect(run('aws', '6 23 50', late)).toBe(restart);
    expect(run('aws', '0 00 15', late)).toContain('not restarted');
  });

  const waiting = 'waiting for what is at work on this host\n';

  describe.each([
    ['a recipe', 'state/lock'],
    ['a release', 'opt/api/.lock'],
  ])('lets %s end first', (_, lock) => {
    // The tool and its pauses inherit the descriptor, so that a pause can release the lock.
    const hold = () => `exec 7>>${folder}/${lock}; flock 7`;

    it('and restarts within the window', () => {
      asks();
      put('end', 'flock -u 7');
      expect(run('gcp', '0 04 10', seoul, hold())).toBe(waiting + restart);
    });

    it('and waits no longer than its window', () => {
      asks();
      expect(run('gcp', '0 04 10', seoul, hold())).toMatch(
        /^waiting for what is at work on this host\nnot restarted: something was at work/,
      );
    });
  });

  describe('lets an installation of packages end first', () => {
    /** A process that holds dpkg's lock until it is ended. */
    const hold = () => {
      const file = `open("${folder}/dpkg/lock-frontend", "a")`;
      put('hold.py', `import fcntl, signal\nfile = ${file}\nfcntl.lockf(file, fcntl.LOCK_EX)\nprint("held", flush=True)\nsignal.pause()\n`);
      put('free.py', `import fcntl\nfcntl.lockf(${file}, fcntl.LOCK_EX)\n`);
      return `exec 8< <(exec python3 ${folder}/hold.py); export HOLDER=$!; trap 'kill $HOLDER 2>/dev/null' EXIT; read -r <&8`;
    };

    it('and restarts within the window', () => {
      asks();
      put('end', `kill $HOLDER && python3 ${folder}/free.py`);
      expect(run('gcp', '0 04 10', seoul, hold())).toBe(waiting + restart);
    });

    it('and waits no longer than its window', () => {
      asks();
      expect(run('gcp', '0 04 10', seoul, hold())).toMatch(
        /^waiting for what is at work on this host\nnot restarted: something was at work/,
      );
    });
  });
});
