/** What is said of a type is used once, however many resources of it there are. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BilledResource } from '../../../../lib/cost/component.ts';
import { sum } from '../../../../lib/cost/decimal.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import type { Usage } from '../../../../lib/cost/estimate/usage.ts';
import { createPriceBook } from '../../../../lib/cost/prices/price-book.ts';
import type { Json } from '../../../../lib/inventory/resource.ts';
import { big, resource, usage } from '../books.ts';
import { day } from '../day.ts';

/** Quantities of a line of each resource, in order. */
function quantities(resources: readonly BilledResource[], said: Usage, name: string): string[] {
  const { resources: costs } = estimateCost(resources, createPriceBook([]), said, day);
  return costs.flatMap(({ lines }) => lines.flatMap((line) => (line.name === name ? [line.quantity?.toFixed() ?? '-'] : [])));
}

const named = (types: readonly string[]) => types.map((type, index) => resource(type, { InstanceType: 'm7g.large' }, { id: `R${index}` }));
const machines = ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'];

it('the traffic of a plan does not change with the number and kind of its machines', () => {
  const plans = fc.array(fc.constantFrom(...machines), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 10 ** 9 }), (types, millionths) => {
      const traffic = big(String(millionths)).div('1000000');
      const said = usage({ 'AWS::EC2::Instance.internet-out-gb': traffic.toFixed() });
      const sent = quantities(named(types), said, 'Internet traffic out').map(big);
      expect(sum(sent).toFixed()).toBe(traffic.toFixed());
      expect(sent.length).toBe(types.length);
      // As equal as a millionth of a gigabyte allows.
      expect(
        sent.every((each) =>
          each
            .minus(sent.at(-1) ?? '0')
            .abs()
            .lt('0.00004'),
        ),
      ).toBe(true);
    }),
  );
});

it.each([
  ['AWS::S3::Bucket', 'Storage', '2'],
  ['AWS::Logs::LogGroup', 'Logs kept', '0.33'],
  ['AWS::DLM::LifecyclePolicy', 'Snapshots', '6.4'],
])('%s: what the service keeps is kept once', (type, name, total) => {
  const one = quantities(named([type]), serviceUsage(), name);
  const three = quantities(named([type, type, type]), serviceUsage(), name);
  expect([one, three.length, sum(three.map(big)).toFixed()]).toEqual([[total], 3, total]);
});

it('is shared by those that use it, not by those that do not', () => {
  const subnet = (id: string, properties: Readonly<Record<string, Json>>) =>
    resource('gcp:compute/subnetwork:Subnetwork', properties, { id });
  const subnets = [subnet('Quiet', {}), subnet('One', { logConfig: {} }), subnet('Other', { logConfig: {} })];
  expect(quantities(subnets, usage({ 'gcp:compute/subnetwork:Subnetwork.logged-gb': '1' }), 'Flow logs')).toEqual(['0.5', '0.5']);
});

it('loses nothing to a resource that may never be there', () => {
  const [one, ...others] = named(Array(3).fill('AWS::S3::Bucket'));
  const plan = [...(one ? [{ ...one, perhaps: 'it has a condition' }] : []), ...others];
  expect(quantities(plan, usage({ 'AWS::S3::Bucket.stored-gb': '3' }), 'Storage')).toEqual(['-', '1.5', '1.5']);
});

it('what is said of one resource is its own, and the others share what is said of the type', () => {
  const said = usage({ 'stack/R1.internet-out-gb': '7', 'AWS::EC2::Instance.internet-out-gb': '10' });
  expect(quantities(named(Array(3).fill('AWS::EC2::Instance')), said, 'Internet traffic out')).toEqual(['5', '7', '5']);
});

it('what does not divide is with the first, so that nothing is lost', () => {
  const said = usage({ 'AWS::EC2::Instance.internet-out-gb': '1' });
  expect(quantities(named(Array(3).fill('AWS::EC2::Instance')), said, 'Internet traffic out')).toEqual([
    '0.333334',
    '0.333333',
    '0.333333',
  ]);
});

it('each machine of a type runs the hours that are said of the type', () => {
  expect(quantities(named(Array(2).fill('AWS::EC2::Instance')), usage({ 'AWS::EC2::Instance.hours': '300' }), 'Machine')).toEqual([
    '300',
    '300',
  ]);
});
