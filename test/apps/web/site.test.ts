/** People on the site: the built pages in Chromium under the strict policy of a host. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { describeAccess } from './flows/access.ts';
import { describeAnswers } from './flows/answers.ts';
import { describeDelivery } from './flows/delivery.ts';
import { describeHouses } from './flows/houses.ts';
import { describeListings } from './flows/listings.ts';
import { describeShell } from './flows/shell.ts';
import { describeSubmission } from './flows/submission.ts';
import { describeWaiting } from './flows/waiting.ts';
import { Site } from './site.ts';

let started: Site | undefined;

function site(): Site {
  if (!started) throw new Error('the site has not been started');
  return started;
}

beforeAll(async () => {
  started = await Site.start();
});
afterAll(async () => {
  await started?.stop();
});
// Errors in the console, violations of the policy and requests to other origins fail whatever test
// was running.
afterEach(async () => {
  expect(await site().leave()).toEqual([]);
});

describeDelivery(site);
describeShell(site);
describeSubmission(site);
describeWaiting(site);
describeAnswers(site);
describeHouses(site);
describeListings(site);
describeAccess(site);
