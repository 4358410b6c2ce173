/** How much the service is used: its documented traffic, and what follows from it for the bill. */

import { agentMetricCount } from '../../host/system/metrics-agent.ts';
import type { Big } from '../../values/decimal.ts';
import { exact, hoursAMonth, whole, zero } from '../decimal.ts';
import type { Usage } from './usage.ts';

/** One quantity and where it comes from. */
interface Input {
  readonly value: string;
  readonly reason: string;
}

export interface Assumption extends Input {
  readonly name: string;
}

const document = 'manual-deploy-two-clouds';
const assumed = 'assumed; no document says';

/** What everything below is computed from. A month has 30 days, as in the documents. */
const inputs = {
  days: { value: '30', reason: `${document}: results are hot for 30 days` },
  dailyUsers: { value: '100', reason: `${document}: 50-100 daily users` },
  apiCalls: { value: '1500', reason: `${document}: 20 calls a user and day` },
  aiCalls: { value: '200', reason: `${document}: 100-200 a day` },
  resultMb: { value: '0.16', reason: `${document}: 10 pages x 16 KB` },
  resultReads: { value: '2', reason: assumed },
  answerMb: { value: '0.01', reason: assumed },
  siteMb: { value: '0.5', reason: 'the compressed web application, loaded once a user and day' },
  pages: { value: '5', reason: `${document}: several pages a request` },
  pageMb: { value: '0.5', reason: 'a photograph as the web application sends it' },
  gpuSeconds: { value: '20', reason: assumed },
  inputTokens: { value: '6000', reason: assumed },
  outputTokens: { value: '2000', reason: assumed },
  flowRecords: { value: '100000', reason: `${assumed}: mostly port scans from the internet` },
  flowRecordBytes: { value: '110', reason: 'a record of the default format' },
  databaseGb: { value: '5', reason: `${document}: 0.5 GB of results; the rest is logs and room` },
  changedGb: { value: '0.2', reason: `${assumed}, a day` },
  modelsGb: { value: '10', reason: 'a model of 7 billion parameters at 4 bits, embeddings, index' },
  keptDays: { value: '7', reason: 'snapshots.keepDays' },
  releasesGb: { value: '2', reason: `${assumed}: ten releases` },
} as const satisfies Record<string, Input>;

type Inputs = typeof inputs;

/** What the usage of the service is computed from. */
export const trafficAssumptions: readonly Assumption[] = Object.entries(inputs).map(([name, input]) => ({ name, ...input }));

/** A thousand MB are a GB, as traffic is billed. */
const mbAGb = '1000';
const million = '1000000';

/** A month's quantities of the service, however many resources share them. */
export function serviceUsage(): Usage {
  const input = (name: keyof Inputs): Big => exact(inputs[name].value) ?? zero;
  const product = (...names: (keyof Inputs)[]): Big => names.map(input).reduce((left, right) => left.times(right));
  const gb = (megabytes: Big): Big => megabytes.div(mbAGb);

  const site = product('dailyUsers', 'siteMb', 'days');
  const answers = product('apiCalls', 'answerMb', 'days');
  const results = product('aiCalls', 'resultMb', 'resultReads', 'days');
  const pages = product('aiCalls', 'pages', 'pageMb', 'days');
  const awsOut = gb(site.plus(answers).plus(results).plus(pages));
  const flowLogs = product('flowRecords', 'flowRecordBytes', 'days').div('1000000000');
  const snapshots = (used: Big) => used.plus(product('changedGb', 'keptDays'));

  return new Map<string, Big>(
    Object.entries({
      'AWS::EC2::Instance.internet-out-gb': awsOut,
      'AWS::EC2::Instance.agent-metrics': whole(agentMetricCount()),
      'AWS::EC2::FlowLog.ingested-gb': flowLogs,
      'AWS::Logs::LogGroup.stored-gb': flowLogs,
      'AWS::DLM::LifecyclePolicy.stored-gb': snapshots(input('databaseGb')),
      'AWS::Backup::BackupVault.stored-gb': snapshots(input('databaseGb')),
      'AWS::S3::Bucket.stored-gb': input('releasesGb'),
      'AWS::S3::Bucket.put-requests-1000': quantity('0.1'),
      'AWS::S3::Bucket.get-requests-1000': quantity('1'),
      'AWS::SNS::Topic.requests-million': quantity('0.0001'),
      'AWS::KMS::Key.requests-10k': quantity('0.01'),
      'AWS::SecretsManager::Secret.requests-10k': quantity('0.1'),
      'AWS::EC2::NatGateway.processed-gb': gb(pages),
      // A unit is a GB an hour; connections are far below the 25 a second of one.
      'AWS::ElasticLoadBalancingV2::LoadBalancer.lcu-hours': awsOut,
      'AWS::ElasticLoadBalancing::LoadBalancer.processed-gb': awsOut,
      'AWS::CloudFront::Distribution.internet-out-gb': gb(site),
      'AWS::CloudFront::Distribution.requests-10k': product('dailyUsers', 'days').times('20').div('10000'),
      // Asking for work every 20 seconds all month by four workers, and ten requests for each call.
      'AWS::SQS::Queue.requests-million': hoursAMonth.times('720').plus(product('aiCalls', 'days').times('10')).div(million),
      'AWS::RDS::DBInstance.extra-backup-gb': zero,
      'AWS::RDS::DBCluster.stored-gb': input('databaseGb'),
      'AWS::RDS::DBCluster.requests-million': product('apiCalls', 'days').times('20').div(million),
      'gcp:compute/instance:Instance.internet-out-gb': gb(product('aiCalls', 'resultMb', 'days')),
      'gcp:compute/resourcePolicy:ResourcePolicy.stored-gb': snapshots(input('modelsGb')),
      'gcp:compute/subnetwork:Subnetwork.logged-gb': quantity('0.1'),
      'gcp:compute/firewall:Firewall.logged-gb': quantity('0.05'),
      'gcp:compute/routerNat:RouterNat.vm-hours': hoursAMonth,
      'gcp:compute/routerNat:RouterNat.processed-gb': gb(pages),
      'runpod:serverless/endpoint:Endpoint.flex-seconds': product('aiCalls', 'gpuSeconds', 'days'),
      'llm:model/hosted:Model.input-mtok': product('aiCalls', 'inputTokens', 'days').div(million),
      'llm:model/hosted:Model.output-mtok': product('aiCalls', 'outputTokens', 'days').div(million),
    }),
  );
}

function quantity(text: string): Big {
  return exact(text) ?? zero;
}
