/** A small service whose every price is known by heart, and reviews of changes to it. */
import type * as z from 'zod';
import { policies } from '../../../../lib/config/schema/policies.ts';
import { costDifference } from '../../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import type { PriceBook } from '../../../../lib/cost/prices/price.ts';
import { type Review, reviewOf } from '../../../../lib/cost/review/review.ts';
import type { Side } from '../../../../lib/cost/review/risks.ts';
import { billedIn } from '../../../../lib/cost/sources/inventory.ts';
import type { PlannedResource, Properties } from '../../../../lib/inventory/resource.ts';
import { big, book, price, usage } from '../books.ts';
import { day } from '../day.ts';

const seoul = 'ap-northeast-2';

/**
 * 73 and 146 a month for the machines, 1 for a root disk, 5 for the data, a dollar for what is
 * sent.
 */
export const prices: PriceBook = book(
  price(`aws ec2 ${seoul}`, 'm7g.large', 'hour', { usd: '0.1' }),
  price(`aws ec2 ${seoul}`, 'm7g.xlarge', 'hour', { usd: '0.2' }),
  price(`aws ebs ${seoul}`, 'gp3 storage', 'gb-month', { usd: '0.1' }),
  price(`aws transfer ${seoul}`, 'internet out', 'gb', { usd: '0.1' }),
);

const disk = [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 10, VolumeType: 'gp3' } }];
const sent = usage({ 'AWS::EC2::Instance.internet-out-gb': '10' });
/** Without an address of its own. */
const inside = [{ AssociatePublicIpAddress: false }];
const tags = [{ Key: 'service', Value: 'shop' }];

export function machine(properties: Properties = {}): PlannedResource {
  const all = { InstanceType: 'm7g.large', Tags: tags, BlockDeviceMappings: disk, NetworkInterfaces: inside, ...properties };
  return { cloud: 'aws', stack: 'shop-host', id: 'Host', type: 'AWS::EC2::Instance', properties: all };
}

export function volume(properties: Properties = {}): PlannedResource {
  const all = { Size: 50, VolumeType: 'gp3', AvailabilityZone: `${seoul}a`, Tags: tags, ...properties };
  return { cloud: 'aws', stack: 'shop-data', id: 'Data', type: 'AWS::EC2::Volume', properties: all, retained: true };
}

export function budget(amount: number): PlannedResource {
  const rule = (Threshold: number) => ({ Notification: { Threshold, ThresholdType: 'PERCENTAGE' } });
  const properties = {
    Budget: { BudgetLimit: { Amount: amount, Unit: 'USD' }, BudgetType: 'COST', TimeUnit: 'MONTHLY' },
    NotificationsWithSubscribers: [rule(80), rule(100)],
  };
  return { cloud: 'aws', stack: 'shop-host', id: 'Budget', type: 'AWS::Budgets::Budget', properties };
}

export function other(type: string, properties: Properties = {}, id = 'Other'): PlannedResource {
  return { cloud: type.startsWith('gcp:') ? 'gcp' : 'aws', stack: 'shop-host', id, type, properties };
}

export const usual = [machine(), volume()];

export interface Change {
  readonly before?: readonly PlannedResource[];
  readonly after: readonly PlannedResource[];
  readonly policies?: z.input<typeof policies>;
  readonly moved?: Partial<Side>;
}

/** The review of a change of what is `usual`, with 700 USD of credit and 1,000 won for a dollar. */
export function reviewed({ before = usual, after, policies: asked = {}, moved = {} }: Change): Review {
  const of = { service: 'shop', environment: 'prod', account: '123456789012', project: 'shop' };
  const rate = { krwPerUsd: big('1000'), asOf: '2026-11-01', source: 'a test' };
  const side = (resources: readonly PlannedResource[]): Side => ({ of, regions: { aws: seoul, gcp: 'asia-northeast3' }, resources });
  const report = ({ resources, regions }: Side) => estimateCost(billedIn(resources, regions), prices, sent, day, rate);
  const [from, to] = [side(before), { ...side(after), ...moved }];
  return reviewOf({
    environment: 'prod',
    before: from,
    after: to,
    cost: costDifference(report(from), report(to)),
    policies: policies.parse(asked),
    credits: [{ provider: 'aws', usd: big('700'), since: '2026-11-01' }],
  });
}
