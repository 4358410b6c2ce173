/** Releases of the API while visitors read and write without pause. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { beginVisitors } from '../../../scripts/bench/visitors/visitors.ts';
import { nodesOf } from '../../../scripts/local/hosts/files.ts';
import { namespaceOf } from '../../../scripts/local/hosts/index.ts';
import { plug, unplug } from '../../../scripts/local/hosts/machine/power.ts';
import type { Place } from './place.ts';
import { signedInPeople } from './sessions.ts';

const site = '203.0.113.10';
const visitors = 6;
const program = 'apps/api/src/server.ts';
const unchanged = "process.title = 'dojang-api';";

export function describeReleases(place: Place): void {
  const serving = () => place.must('aws', 'readlink -f "/opt/dojang/api/slots/$(cat /opt/dojang/api/serving)"');
  const units = () => place.must('aws', 'systemctl is-active dojang-api@a.service dojang-api@b.service || true');
  /** Another content of the same API: what does nothing is left out of a bundle. */
  let version = unchanged;
  const change = (to: string) => {
    place.clone.edit(program, version, to);
    version = to;
  };

  it('a changed API, its rollback, a canary, one that throws and one that never answers: no request fails, no acknowledged write is lost, no stream is cut', async () => {
    const before = await serving();
    const load = await visitorsOf(place);
    onTestFinished(() => void load.end().catch(() => undefined));
    const during = (...args: string[]) => load.during(args.join(' '), () => place.clone.dojang(...args, '--watch', '5'));
    change(`${unchanged} Object.assign(globalThis, { changed: true });`);
    const changed = await during('deploy', 'api');
    expect(changed.code, changed.text).toBe(0);
    expect(await serving()).not.toBe(before);
    expect((await units()).split('\n').toSorted()).toEqual(['active', 'inactive']);
    const back = await during('rollback', 'api');
    expect(back.code, back.text).toBe(0);
    expect(await serving()).toBe(before);
    change(`${unchanged} Object.assign(globalThis, { changed: 'again' });`);
    const canary = await during('deploy', 'api', '--canary');
    expect(canary.code, canary.text).toBe(0);
    const after = await serving();
    expect(after).not.toBe(before);

    for (const [fault, found] of [
      ["throw new Error('on its first line');", /ended by itself[\s\S]*on its first line/],
      ['await new Promise((resolve) => setInterval(resolve, 2_000_000_000));', /was not healthy within \d+ s/],
    ] as const) {
      change(`${unchanged} ${fault}`);
      const { code, text } = await during('deploy', 'api');
      expect(code, text).toBe(1);
      expect(text).toMatch(found);
      expect(text).toMatch(new RegExp(`Release ${after.split('/').at(-1)?.slice(0, 12)} in slot [ab] serves\\.`));
      expect(await serving()).toBe(after);
    }

    const { measurements, lost, followed } = await load.end();
    expect(measurements.flatMap(({ failures }) => failures)).toEqual([]);
    expect([lost, followed.cut, followed.refused, Object.keys(followed.ended)]).toEqual([[], [], [], ['answered']]);
    expect(Math.min(...measurements.map(({ requests }) => requests))).toBeGreaterThan(100);
  });

  it('power fails while the new release starts: the old one serves after the boot, and the next run carries on', async () => {
    const before = await serving();
    change(`${unchanged} await new Promise((resolve) => setTimeout(resolve, 20_000));`);
    const deploying = place.clone.start('node', [join(place.clone.folder, 'bin/dojang.ts'), 'deploy', 'api', '--watch', '5']);
    const ended = once(deploying, 'close');
    await expect.poll(units, { timeout: 180_000, interval: 500 }).toContain('activating');
    const leader = () => nodesOf(place.clone.hosts).find(({ host }) => host === 'aws')?.leader;
    const running = leader();
    unplug(place.clone.hosts, 'aws');
    killGroup(deploying);
    await ended;
    await expect.poll(leader, { timeout: 60_000 }).not.toBe(running);
    plug(place.clone.hosts, 'aws');
    const back = async () =>
      (await place.on('aws', 'systemctl is-system-running --wait; cat /opt/dojang/api/serving').catch(() => undefined))?.code;
    await expect.poll(back, { timeout: 120_000 }).toBe(0);
    await expect.poll(async () => (await units()).split('\n').toSorted(), { timeout: 60_000 }).toEqual(['active', 'inactive']);
    expect(await serving()).toBe(before);
    const { code, text } = await place.clone.dojang('deploy', 'api', '--watch', '5');
    expect(code, text).toBe(0);
    expect(await serving()).not.toBe(before);

    // An earlier content is a release like any other.
    change(unchanged);
    const again = await place.clone.dojang('deploy', 'api', '--watch', '5');
    expect(again.code, again.text).toBe(0);
    expect((await place.clone.dojang('doctor')).text).toMatch(/doctor: \d+ checks, all passed/);
  });
}

/** Half of them follow contracts. */
async function visitorsOf(place: Place) {
  const cookies = await signedInPeople(place, 2 * visitors);
  const namespace = namespaceOf(place.clone.hosts, 'visitor');
  const task = { host: site, origin: new URL(place.url).origin, pause: 20 };
  return beginVisitors({ namespace, task: { ...task, cookies: cookies.slice(visitors), followers: cookies.slice(0, visitors) } });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}
