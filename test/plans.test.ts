/** The committed plans are what the code plans, like a lock file. */
import { expect, it } from 'vitest';
import service from '../dojang.config.ts';
import { environmentOf } from '../lib/config/environment.ts';
import { difference } from '../lib/inventory/difference.ts';
import { committedPlan, plannedInventory } from '../scripts/planned.ts';

it.each(Object.keys(service.environments))('plans/%s.json is current; when it is not: npx dojang plan --write --env <it>', async (name) => {
  const planned = await plannedInventory(environmentOf(service, name));
  const committed = committedPlan(name);
  expect(committed && difference(committed, planned)).toEqual([]);
  expect(committed).toEqual(JSON.parse(JSON.stringify(planned)));
});
