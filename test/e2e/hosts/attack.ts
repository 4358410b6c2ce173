/**
 * All attacks that were found to stop the service, at the same time, and a user who goes on using
 * it.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { command } from '../../../scripts/local/hosts/command.ts';
import { inside } from '../../../scripts/local/hosts/network/namespaces.ts';
import { namespaceName, prefixOf } from '../../../scripts/local/hosts/network/network.ts';
import { attacks } from './attack/attacks.ts';
import type { Seen } from './attack/honest.ts';
import type { Task } from './attack/main.ts';
import type { Place } from './place.ts';
import { signedInPeople } from './sessions.ts';

const site = '203.0.113.10';
const seconds = 60;
type AttackName = keyof typeof attacks;

export function describeAttacks(place: Place, names: readonly AttackName[] = Object.keys(attacks) as AttackName[]): void {
  it(`while ${names.length} attacks run at once for ${seconds} s, the requests of a user all succeed, 99 % of them within a second`, async () => {
    const who = ['honest', ...names] as const;
    const people = await signedInPeople(place, who.length);
    const origin = new URL(place.url).origin;
    const tasks = who.map((name, index): Task => {
      return { who: name, host: site, origin, localAddress: `192.0.2.${101 + index}`, cookie: people[index] ?? '', seconds };
    });
    for (const { localAddress } of tasks) await addAddress(place, localAddress);
    const stored = place.must('aws', mostStored);
    const [seen] = await Promise.all(tasks.map((task) => started(place, task)));
    const measured = JSON.stringify({ ...seen, failed: seen?.failed.length, storedKib: await stored });
    expect(seen?.failed, measured).toEqual([]);
    expect(seen?.p99, measured).toBeLessThan(1000);
    expect(seen?.requests).toBeGreaterThan(3 * seconds);
    expect(Number(await stored)).toBeLessThan(1024);
  }, 180_000);
}

/**
 * KiB that nginx has stored of bodies and answers at most, looked at every second while the attacks
 * run. It unlinks a temporary file as soon as it has opened it, so that only the file system knows
 * its size.
 */
const mostStored = `mountpoint --quiet /var/cache/nginx && for second in $(seq ${seconds - 5}); do
  df --block-size=1K --output=used /var/cache/nginx | tail -n 1
  sleep 1
done | sort -n | tail -n 1 | tr -d ' '`;

/** External clients have many addresses, each of which is limited as any other. */
async function addAddress(place: Place, address: string): Promise<void> {
  const prefix = prefixOf(place.clone.hosts);
  await command(['ip', '-n', namespaceName(prefix, 'external'), 'address', 'replace', `${address}/32`, 'dev', 'eth0']);
  await command(['ip', '-n', namespaceName(prefix, 'internet'), 'route', 'replace', `${address}/32`, 'dev', 'to-external']);
}

/**
 * In a process of its own, so that none waits for another; what attacks has the lowest priority on
 * a machine that all of it shares.
 */
async function started(place: Place, task: Task): Promise<Seen | undefined> {
  const program = [process.execPath, join(import.meta.dirname, 'attack/main.ts')];
  const [first, ...rest] = inside(
    prefixOf(place.clone.hosts),
    'external',
    task.who === 'honest' ? program : ['nice', '-n', '19', ...program],
  );
  const child = spawn(first, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(task));
  return task.who === 'honest'
    ? ((await json(child.stdout)) as Seen)
    : new Promise((resolve) => child.once('close', () => resolve(undefined)));
}
