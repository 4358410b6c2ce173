/** What an update leaves to a restart, and the hour of the week in which it happens. */
import { expect, it } from 'vitest';
import type { HostName } from '../../../lib/ports/host-shell.ts';
import { nodesOf } from '../../../scripts/local/hosts/files.ts';
import type { Place } from './place.ts';

const minutes = 60_000;
const week = 7 * 24 * 60 * minutes;
let written = "unlimited: ['192.0.2.60/32']";

export function describeMaintenance(place: Place): void {
  const leader = (host: HostName) => nodesOf(place.clone.hosts).find((node) => node.host === host)?.leader;
  // What a unit has printed reaches the journal a moment after its end.
  const journal = 'journalctl --sync && journalctl -u dojang-reboot -o cat -n 20';
  const start = (host: HostName) => place.must(host, `systemctl start dojang-reboot.service && ${journal}`);

  /** Lets the window begin so many minutes ago, on both hosts. */
  async function openSince(minutesAgo: number): Promise<Date> {
    const begins = new Date(Math.floor((Date.now() - minutesAgo * minutes) / minutes) * minutes);
    const day = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(begins).toLowerCase();
    const window = `unlimited: ['192.0.2.60/32'], maintenance: { day: '${day}', time: '${begins.toISOString().slice(11, 16)}', zone: 'UTC' }`;
    place.clone.edit('dojang.config.ts', written, window);
    written = window;
    const { code, text } = await place.clone.dojang('provision', '--only', 'reboot-window');
    expect(code, text).toBe(0);
    return begins;
  }

  async function restarts(host: HostName): Promise<void> {
    const before = leader(host);
    // A moment later: a host that restarts at once may cut off the answer to this very command.
    await place.must(host, 'systemd-run --quiet --on-active=2 systemctl start --no-block dojang-reboot.service');
    const isBack = () => leader(host) !== undefined && leader(host) !== before;
    await expect.poll(isBack, { timeout: 90_000 }).toBe(true);
  }

  /** Waits until all checks of the doctor pass, swap and the data volume included. */
  async function passingDoctor(): Promise<string> {
    let text = '';
    const code = async () => {
      const doctor = await place.clone.dojang('doctor');
      text = doctor.text;
      return doctor.code === 0 ? 'passed' : doctor.text;
    };
    await expect.poll(code, { timeout: 60_000 }).toBe('passed');
    return text;
  }

  it('doctor says which host an update asks to restart, for what, and when it will be', async () => {
    const { text } = await place.clone.dojang('local', 'fault', '--reboot-required');
    expect(text).toContain('the gcp host asks for a restart');
    const printed = await passingDoctor();
    expect(printed).toContain('restart due for linux-base, linux-image-6.8.0-90-generic: sunday 04:30 Asia/Seoul');
    expect(printed).toContain('restart due for linux-base, linux-image-6.8.0-90-generic: sunday 04:00 Asia/Seoul');
  });

  it('the AWS host restarts in the second half of the window, and the GPU machine does not; the service comes back', async () => {
    const begins = await openSince(35);
    const [timer] = JSON.parse(await place.must('aws', 'systemctl list-timers dojang-reboot.timer --output=json'));
    expect(timer.next / 1000).toBe(begins.getTime() + 30 * minutes + week);
    const before = leader('gcp');
    expect(await start('gcp')).toContain('not restarted: outside of the window');
    await restarts('aws');
    expect(leader('gcp')).toBe(before);
    expect((await passingDoctor()).match(/restart due/g)).toHaveLength(1);
  });

  it('the GPU machine restarts in the first half, and the AWS host does not again', async () => {
    await openSince(5);
    const before = leader('aws');
    expect(await start('aws')).toContain('no update asks for a restart');
    await restarts('gcp');
    expect(leader('aws')).toBe(before);
    expect(await passingDoctor()).not.toContain('restart due');
  });
}
