import { expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { wirePlan } from '../../../../scripts/commands/wire/plan.ts';
import { checked } from '../../checked.ts';

it('lists from code alone what wire manages', () => {
  const { lines, data } = checked(wirePlan(environmentOf(service, 'prod')));
  expect(lines).toContain('  gcp  dojang-prod-ai    ingress  tcp 8443 from <aws address>/32');
  expect(lines).toContain('  aws  dojang-prod-host  egress   tcp 8443 to <gcp address>/32');
  expect(lines?.join('\n')).toMatch(/oidc-client-secret .*given by the operator/);
  expect(JSON.stringify(data)).not.toContain('192.0.2.');
});

it('refuses a name that is nothing to be made anew, before anything is asked', () => {
  expect(() => wirePlan(environmentOf(service, 'prod'), ['nothing'])).toThrow(/nothing is nothing that wire can make anew/);
  expect(wirePlan(environmentOf(service, 'prod'), ['ca']).lines?.slice(-2)).toEqual(['made anew', '  ca']);
});
