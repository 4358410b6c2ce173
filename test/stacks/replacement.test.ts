import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../lib/config/environment.ts';
import { Usd } from '../../lib/values/money.ts';
import { Size } from '../../lib/values/size.ts';
import { prod, prodWith } from './environments.ts';
import { type Template, templatesOf } from './synthesised.ts';

const before = templatesOf(prod);
const precious = ['Host', 'DataVolume', 'Address', 'Artifacts'];
/** Replaces a machine on instance store only; ours is on EBS and is restarted. */
const restarts = ['UserData', 'InstanceType'];

/** What holds data or an address and would be replaced or deleted. */
function lost(now: Record<string, Template>): string[] {
  return Object.keys(before).flatMap((layer) => {
    const { changes } = fullDiff(before[layer] ?? {}, now[layer] ?? {}).resources;
    return precious.filter((id) => changes[id] && isLost(changes[id]));
  });
}

function isLost(change: ResourceDifference): boolean {
  const replacing = Object.entries(change.propertyUpdates).filter(([name, { changeImpact }]) => {
    // The CDK's table calls the zone of a volume updatable; CloudFormation refuses it.
    if (name === 'AvailabilityZone' || changeImpact === ResourceImpact.WILL_REPLACE) return true;
    return changeImpact === ResourceImpact.MAY_REPLACE && !restarts.includes(name);
  });
  return change.isRemoval || replacing.length > 0;
}

function withUserData(script: string): Record<string, Template> {
  const { host } = structuredClone(before) as Record<'host', Template>;
  const machine = host.Resources.Host;
  if (machine) machine.Properties.UserData = { 'Fn::Base64': script };
  return { ...before, host };
}

describe('what holds data or an address', () => {
  const everyday: fc.Arbitrary<Partial<Environment['aws']>> = fc.record({
    alarms: fc.record({
      cpu: fc.integer({ min: 1, max: 100 }),
      memory: fc.constant(90),
      disk: fc.integer({ min: 1, max: 100 }),
      certificateDays: fc.integer({ min: 1, max: 29 }),
    }),
    budget: fc.integer({ min: 1, max: 9999 }).map((amount) => Usd.of(`${amount} USD`)),
    snapshots: fc.record({ keepDays: fc.integer({ min: 1, max: 365 }) }),
    dataDisk: fc.integer({ min: 51, max: 16384 }).map(Size.gib),
    machine: fc.constantFrom('m7g.large', 'm7g.xlarge', 'r7g.large'),
  });

  it('survives every everyday change', () => {
    fc.assert(
      fc.property(everyday, (aws) => {
        expect(lost(templatesOf(prodWith(aws)))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('survives any change of the user data', () => {
    fc.assert(
      fc.property(fc.string(), (script) => {
        expect(lost(withUserData(script))).toEqual([]);
      }),
    );
  });

  it('is seen to be lost when it is: these tests can fail', () => {
    expect(lost(templatesOf(prodWith({ zone: 'ap-northeast-2c' })))).toEqual(['DataVolume', 'Host']);
    expect(lost(templatesOf(prodWith({ image: 'ubuntu-24.04-amd64' })))).toEqual(['Host']);
  });
});
