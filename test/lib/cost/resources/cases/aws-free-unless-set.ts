/**
 * Cases of aws: types that are free of charge until a property asks for something that is billed.
 */
import type { Json } from '../../../../../lib/inventory/resource.ts';
import type { Case } from './case.ts';

const open = { ref: 'P' };
const concurrency = '- provisioned concurrency is billed by the memory of the function, and has no price in the book';
const alarms = '- target tracking makes alarms, which are billed; how many is known only after the deployment';

const rows: readonly (readonly [
  type: string,
  billed: Readonly<Record<string, Json>>,
  free: Readonly<Record<string, Json>>,
  Case['lines'],
])[] = [
  [
    'AWS::Lambda::Version',
    { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 } },
    { FunctionName: 'f' },
    { 'Provisioned concurrency': concurrency },
  ],
  [
    'AWS::Lambda::Alias',
    { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 } },
    { FunctionName: 'f' },
    { 'Provisioned concurrency': concurrency },
  ],
  [
    'AWS::CertificateManager::Certificate',
    { CertificateExport: 'ENABLED' },
    { CertificateExport: 'DISABLED' },
    {
      'Exportable certificate':
        '- a certificate that can be exported is paid for when it is issued and renewed, and has no price in the book',
    },
  ],
  [
    'AWS::CertificateManager::Certificate',
    { CertificateExport: open },
    {},
    { 'Exportable certificate': '- CertificateExport is {"ref":"P"}, which is known only after the deployment' },
  ],
  [
    'AWS::CertificateManager::Certificate',
    { CertificateAuthorityArn: 'arn:aws:acm-pca:x' },
    { DomainName: 'a.example' },
    { 'Private certificate': '- a certificate of a private authority is paid for when it is issued, and has no price in the book' },
  ],
  ['AWS::AutoScaling::ScalingPolicy', { TargetTrackingConfiguration: { TargetValue: 50 } }, { StepAdjustments: [] }, { Alarms: alarms }],
  [
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    { TargetTrackingScalingPolicyConfiguration: { TargetValue: 50 } },
    { StepScalingPolicyConfiguration: {} },
    { Alarms: alarms },
  ],
  [
    'AWS::ApiGateway::Deployment',
    { StageDescription: { CacheClusterEnabled: true } },
    { StageDescription: { CacheClusterEnabled: false } },
    { Cache: '- the cache of an API is billed by the hour, and has no price in the book' },
  ],
  [
    'AWS::Cognito::UserPoolClient',
    { AllowedOAuthFlows: ['client_credentials'] },
    { AllowedOAuthFlows: ['code'] },
    {
      'Machine client':
        '- a client for machine-to-machine authorization is billed by the month and by its tokens, and has no price in the book',
    },
  ],
];

export const awsFreeUnlessSetCases: readonly Case[] = rows.flatMap(([type, billed, free, lines]) => [
  { type, properties: billed, lines },
  { type, properties: free, lines: {} },
]);
