/**
 * How many contracts of one person are worked on at once: half of all, whether or not others wait
 * at that moment. An analysis cannot be interrupted and may take minutes, so a place that was lent
 * while the line was empty is missing when another person submits a second later. Little is lost:
 * an analysis uses one processor, and half of them keep the two processors of the AI server's host
 * busy.
 */
import type { Claim } from './leases.ts';

/** At most so many of one person, of so many in all. */
export function shareOfPerson(concurrency: number): number {
  return Math.max(1, Math.floor(concurrency / 2));
}

/** The people of `running` who have reached their share of `concurrency`. */
export function peopleAtLimit(running: Iterable<Claim>, concurrency: number): number[] {
  const most = shareOfPerson(concurrency);
  const counts = new Map<number, number>();
  for (const { personId } of running) counts.set(personId, (counts.get(personId) ?? 0) + 1);
  return [...counts].flatMap(([personId, count]) => (count >= most ? [personId] : []));
}
