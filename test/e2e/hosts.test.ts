/** The whole service on booted hosts, as a newcomer brings it up. One clone, one story. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAttacks } from './hosts/attack.ts';
import { describeDatabase } from './hosts/database.ts';
import { describeDay2 } from './hosts/day-2.ts';
import { describeReleases } from './hosts/deploy.ts';
import { describeMaintenance } from './hosts/maintenance.ts';
import { describeOutage } from './hosts/outage.ts';
import { Place } from './hosts/place.ts';
import { describeQuality } from './hosts/quality.ts';
import { describeRepair } from './hosts/repair.ts';
import { describeVisit } from './hosts/visit.ts';

const place = new Place();

beforeAll(async () => {
  // As on real clouds: a new machine is busy with its own updates, and its agent registers some
  // time after the boot.
  await place.clone.dojang('local', 'fault', '--first-boot-locks', '60', '--late-agent', '10');
  await place.start();
});

afterAll(() => place.stop());

describe('the service', () => describeVisit(place));
describe('the hosts', () => describeQuality(place));
describe('releases', () => describeReleases(place), 600_000);
describe('an attack', () => describeAttacks(place));
describe('day 2', () => describeDay2(place));
describe('repair', () => describeRepair(place));
describe('the database', () => describeDatabase(place));
describe('maintenance', () => describeMaintenance(place));
describe('an outage', () => describeOutage(place), 400_000);

it('up again finds nothing to do and prints the same address', async () => {
  const { code, text } = await place.clone.dojang('up');
  expect(code, text).toBe(0);
  expect(text).toContain(`local is up: ${place.url}`);
  expect(text).toMatch(/provision aws .*nothing to change/);
  expect(text).toMatch(/release api .*already there/);
});
