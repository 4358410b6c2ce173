import { expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { faultsOf } from '../../../../lib/config/faults.ts';
import { creditsOf } from '../../../../lib/cost/runway/credits.ts';

it('are those of the configuration; without any there are none', () => {
  const credits = creditsOf(environmentOf(service, 'prod'));
  expect(credits.map(({ provider, usd, since, expires }) => [provider, usd.toFixed(), since, expires])).toEqual([
    ['aws', '700', '2026-11-23', undefined],
    ['gcp', '300', '2026-11-23', '2027-02-21'],
    ['runpod', '210', '2026-11-23', undefined],
  ]);
  expect(creditsOf(environmentOf(service, 'local'))).toEqual([]);
});

it.each([
  [{ since: '23.11.2026' }, 'credits.since: "23.11.2026" is not a day like 2026-11-23'],
  [{ since: '2026-11-23', aws: '-700 USD' }, 'credits.aws: -700 USD is not an amount; write a whole number of dollars like 150 USD'],
  [{ since: '2026-11-23', azure: '200 USD' }, 'credits.azure: unknown setting; known here: since, aws, gcp, runpod, expire'],
])('%o is a fault', (credits, said) => {
  const written = structuredClone(service);
  Object.assign(written.environments.prod ?? {}, { credits });
  expect(faultsOf(written).map(({ path, message }) => `${path.replace('environments.prod.', '')}: ${message}`)).toEqual([said]);
});
