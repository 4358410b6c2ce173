/** The committed plans are what the code plans, like a lock file. */
import { expect, it } from 'vitest';
import service from '../dojang.config.ts';
import { environmentOf } from '../lib/config/environment.ts';
import { difference } from '../lib/inventory/difference.ts';
import { committedPlan, plannedInventory } from '../scripts/runtime/plan/planned-inventory.ts';

it.each(Object.keys(service.environments))('plans/%s.json is current; when it is not: npx dojang plan --write --env <it>', async (name) => {
  const environment = environmentOf(service, name);
  const planned = await plannedInventory(environment);
  const committed = committedPlan(environment);
  expect(committed && difference(committed.resources, planned.resources)).toEqual([]);
  expect(committed).toEqual(JSON.parse(JSON.stringify(planned)));
});
