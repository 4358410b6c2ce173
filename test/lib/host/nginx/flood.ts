/** Many requests at once, and what a neighbour behind the same address is answered meanwhile. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Site } from './site.ts';

export type Ask = readonly [method: string, path: string, headers?: Record<string, string>];

export type Statuses = Record<number, number>;

/**
 * Requests, 20 at a time, until that many have been sent and `isOver`. @returns how many had each
 * status
 */
export async function flood(site: Site, count: number, ask: (index: number) => Ask, isOver = () => true): Promise<Statuses> {
  const statuses: Statuses = {};
  let next = 0;
  const one = async () => {
    while (next < count || !isOver()) {
      const { status } = await site.ask(...ask(next++));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  return statuses;
}

/**
 * What a neighbour behind the same address is answered, while the others flood with that many
 * requests or more.
 */
export async function meanwhile(
  site: Site,
  flooded: (index: number) => Ask,
  neighbour: Ask,
  { times = 20, flooding: least = 600 } = {},
): Promise<{ flooding: Statuses; seen: Statuses }> {
  let isOver = false;
  const flooding = flood(site, least, flooded, () => isOver);
  const seen: Statuses = {};
  for (let count = 0; count < times; count++) {
    const { status } = await site.ask(...neighbour);
    seen[status] = (seen[status] ?? 0) + 1;
    // A user's pace.
    await wait(50);
  }
  isOver = true;
  return { flooding: await flooding, seen };
}
