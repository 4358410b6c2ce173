/**
 * Types that cost nothing by themselves unless a property asks for something that is billed and has
 * no price in the book.
 */
import type { ResourceCostModel } from '../../../component.ts';
import { fromPlan } from '../../billed.ts';
import { unpricedIf } from '../../line-items.ts';
import { type Flag, lowered, properties, type Reader, says } from '../../property-reader.ts';

interface BilledSetting {
  /** Name of its line. */
  readonly name: string;
  readonly what: string;
  readonly isSet: (read: Reader) => Flag;
  /** Why it has no amount. */
  readonly reason: string;
}

function freeUnlessSet(type: string, free: string, settings: readonly BilledSetting[]): ResourceCostModel {
  return {
    type,
    free,
    billed: settings.map(({ what, name, reason }) => ({ ...fromPlan(what, name), note: reason })),
    components: (resource) =>
      settings.flatMap(({ name, isSet, reason }) => unpricedIf(resource, name, isSet(properties(resource)), reason)),
  };
}

const partOfFunction = 'a part of a function, whose calls are billed';
const provisioned = (path: string): BilledSetting => ({
  name: 'Provisioned concurrency',
  what: 'provisioned concurrency',
  isSet: (read) => read.has(path),
  reason: 'provisioned concurrency is billed by the memory of the function, and has no price in the book',
});

/** https://aws.amazon.com/lambda/pricing/ (2026-11) */
export const functionVersion = freeUnlessSet('AWS::Lambda::Version', partOfFunction, [provisioned('ProvisionedConcurrencyConfig')]);
export const functionAlias = freeUnlessSet('AWS::Lambda::Alias', partOfFunction, [provisioned('ProvisionedConcurrencyConfig')]);

/** https://aws.amazon.com/certificate-manager/pricing/ (2026-11) */
export const certificate = freeUnlessSet(
  'AWS::CertificateManager::Certificate',
  'public certificates that are not exported are free of charge',
  [
    {
      name: 'Exportable certificate',
      what: 'certificate that can be exported',
      isSet: (read) => says(lowered(read.text('CertificateExport', 'DISABLED')), 'enabled'),
      reason: 'a certificate that can be exported is paid for when it is issued and renewed, and has no price in the book',
    },
    {
      name: 'Private certificate',
      what: 'certificate of a private authority',
      isSet: (read) => read.has('CertificateAuthorityArn'),
      reason: 'a certificate of a private authority is paid for when it is issued, and has no price in the book',
    },
  ],
);

const scaling = 'what it scales is billed';
const targetTracking = (path: string): BilledSetting => ({
  name: 'Alarms',
  what: 'alarms that target tracking makes',
  isSet: (read) => read.has(path),
  reason: 'target tracking makes alarms, which are billed; how many is known only after the deployment',
});

/**
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html,
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
 * (2026-11)
 */
export const groupScalingPolicy = freeUnlessSet('AWS::AutoScaling::ScalingPolicy', scaling, [
  targetTracking('TargetTrackingConfiguration'),
]);
export const scalingPolicy = freeUnlessSet('AWS::ApplicationAutoScaling::ScalingPolicy', scaling, [
  targetTracking('TargetTrackingScalingPolicyConfiguration'),
]);

/** https://aws.amazon.com/api-gateway/pricing/ (2026-11) */
export const apiDeployment = freeUnlessSet('AWS::ApiGateway::Deployment', 'a part of an API, whose calls are billed', [
  {
    name: 'Cache',
    what: 'cache of the stage that it makes',
    isSet: (read) => read.flag('StageDescription.CacheClusterEnabled'),
    reason: 'the cache of an API is billed by the hour, and has no price in the book',
  },
]);

/** https://aws.amazon.com/cognito/pricing/ (2026-11) */
export const userPoolClient = freeUnlessSet('AWS::Cognito::UserPoolClient', 'the users of the pool are billed', [
  {
    name: 'Machine client',
    what: 'client for machine-to-machine authorization',
    isSet: (read) => read.includes('AllowedOAuthFlows', 'client_credentials'),
    reason: 'a client for machine-to-machine authorization is billed by the month and by its tokens, and has no price in the book',
  },
]);
