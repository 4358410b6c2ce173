import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../lib/config/environment.ts';
import { local, verdictOf } from './subject.ts';

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
