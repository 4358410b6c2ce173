import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../../../lib/config/environment.ts';
import { rebootCheck } from '../../../../../lib/doctor/checks/system/reboot.ts';
import { bash } from '../../../host/bash.ts';
import { local, verdictOf } from '../../subject.ts';

const asks = (days: number, packages: readonly string[]) =>
  [
    [
      'reboot\tasked\tyes',
      ['reboot\tasked\tyes', `reboot\tsince\t${days}`, ...packages.map((name) => `reboot\tpackage\t${name}`)].join('\n'),
    ],
  ] as const;
const kernel = ['linux-base', 'linux-image-6.8.0-90-generic'];
const never: Environment = { ...local, host: { ...local.host, maintenance: { ...local.host.maintenance, day: 'never' } } };

describe('a host that an update asks to restart', () => {
  it.each([
    ['aws', 'sunday 04:30 Asia/Seoul'],
    ['gcp', 'sunday 04:00 Asia/Seoul'],
  ] as const)('%s: says for what, and when it will be', (host, at) => {
    expect(verdictOf(host, `reboot-${host}`, asks(2, kernel))).toEqual({
      ok: true,
      detail: `restart due for linux-base, linux-image-6.8.0-90-generic: ${at}`,
    });
  });

  it('names three packages and counts the rest, or none where it knows none', () => {
    expect(verdictOf('aws', 'reboot-aws', asks(0, ['a', 'b', 'c', 'd', 'e'])).detail).toMatch(/^restart due for a, b, c and 2 more: /);
    expect(verdictOf('aws', 'reboot-aws', asks(0, [])).detail).toMatch(/^restart due for an update: /);
  });

  it('is a failure once its window has passed', () => {
    expect(verdictOf('aws', 'reboot-aws', asks(9, kernel))).toMatchObject({
      ok: false,
      detail: expect.stringContaining('for 9 days'),
      next: expect.stringContaining('journalctl -u dojang-reboot on the aws host'),
    });
  });

  it('is a failure where no window is configured', () => {
    expect(verdictOf('gcp', 'reboot-gcp', asks(0, kernel), never)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('host.maintenance.day is never'),
      next: expect.stringContaining('systemctl reboot on the gcp host'),
    });
    expect(verdictOf('gcp', 'reboot-gcp', [], never)).toEqual({ ok: true, detail: '' });
  });
});

describe('the age of the request', () => {
  /** What the probe says `days` after the first request, in real bash on real files. */
  function factsAfter(days: number, { again } = { again: false }): string {
    const folder = mkdtempSync(join(tmpdir(), 'dojang-reboot-age-'));
    const file = join(folder, 'reboot-required');
    const probe = rebootCheck('aws', local.host.maintenance).probe.script.replaceAll('/var/run/', `${folder}/`);
    // As Ubuntu's notify-reboot-required writes them.
    const notify = (name: string) => `echo '*** System restart required ***' >${file}\necho ${name} >>${file}.pkgs`;
    const later = `date() { echo $(($(command date +%s) + ${days} * 86400)); }`;
    const script = [
      'fact() { printf \'%s\\n\' "$*"; }',
      notify('linux-image'),
      later,
      again ? `${notify('libc6')}\ntouch -d "@$(date)" ${file} ${file}.pkgs` : '',
      `probe() {\n${probe}\n}\nprobe`,
    ].join('\n');
    const { code, stdout, stderr } = bash(script);
    rmSync(folder, { recursive: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  }

  it('is counted in days', () => expect(factsAfter(3)).toBe('asked yes\nsince 3\npackage linux-image\n'));

  it('is that of the first one, whatever asks again', () =>
    expect(factsAfter(9, { again: true })).toBe('asked yes\nsince 9\npackage libc6\npackage linux-image\n'));
});
