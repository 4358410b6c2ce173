/** The control plane of a Kubernetes cluster. */
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { hoursAMonth } from '../../../decimal.ts';
import { elsewhere, fromPlan, fromUsage } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, usedIfSaid } from '../../line-items.ts';
import { isUnknown, properties, says } from '../../property-reader.ts';

/**
 * Day on which the standard support of a version of Kubernetes ends.
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html (2026-11)
 */
const supportedUntil: readonly (readonly [version: string, until: string])[] = [
  ['1.30', '2025-07-23'],
  ['1.31', '2025-11-26'],
  ['1.32', '2026-03-23'],
  ['1.33', '2026-07-29'],
  ['1.34', '2026-12-02'],
  ['1.35', '2027-03-27'],
];

/** https://aws.amazon.com/eks/pricing/ (2026-11) */
export const eksCluster: ResourceCostModel = {
  type: 'AWS::EKS::Cluster',
  billed: [
    fromPlan('control plane, in standard or extended support', 'Control plane'),
    fromPlan('provisioned control plane', 'Provisioned control plane'),
    fromPlan('Auto Mode, by the machines that it starts', 'Auto Mode'),
    fromUsage('logs of the control plane', 'Control plane logs'),
    elsewhere('machines and Fargate profiles', 'they are resources of their own'),
    elsewhere('add-ons and hybrid nodes', 'they are resources of their own, or none of the template'),
  ],
  components(resource, context) {
    const read = properties(resource);
    const tier = read.text('ControlPlaneScalingConfig.Tier', 'standard');
    const auto = read.flag('ComputeConfig.Enabled');
    return [
      controlPlane(resource, context),
      ...(tier === 'standard'
        ? []
        : [fixed(resource, 'Provisioned control plane', hoursAMonth, priced(isUnknown(tier) ? tier : `control plane tier ${tier}`))]),
      ...fixedIfSome(
        resource,
        'Auto Mode',
        countedIf(auto, { reason: 'Auto Mode starts as many machines as its work needs' }),
        priced('Auto Mode'),
      ),
      ...usedIfSaid(resource, context, 'Control plane logs', 'ingested-gb', {
        unit: 'gb',
        service: 'cloudwatch',
        item: 'vended logs (flow logs) to CloudWatch',
      }),
    ];
  },
};

const priced = (item: string | { reason: string }) => ({ unit: 'hour', service: 'eks', item }) as const;

/** An old version costs six times as much, unless the cluster is upgraded by itself. */
function controlPlane(resource: BilledResource, { day }: CostContext): CostComponent {
  const read = properties(resource);
  const version = read.text('Version', '');
  const stays = says(read.text('UpgradePolicy.SupportType', 'EXTENDED'), 'EXTENDED');
  const isOld = isUnknown(version) ? version : version !== '' && isPast(version, day);
  const old = isOld === false || stays === false ? false : isUnknown(isOld) ? isOld : stays;
  const item = isUnknown(old) ? old : `cluster, ${old ? 'extended' : 'standard'} support`;
  return fixed(resource, 'Control plane', hoursAMonth, priced(item));
}

/** A version before those in the list has been out of support for longer. */
function isPast(version: string, day: string): boolean {
  const until = supportedUntil.find(([name]) => name === version)?.[1];
  const [, minor = '0'] = version.split('.');
  return until === undefined ? Number(minor) < 30 : day > until;
}
