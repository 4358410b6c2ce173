/**
 * How long the difference of two plans and its cost take, and how that grows with the number of
 * resources.
 */
import { join } from 'node:path';
import { costDifference } from '../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../lib/cost/estimate/estimate.ts';
import { serviceUsage } from '../../lib/cost/estimate/traffic.ts';
import { billedOf } from '../../lib/cost/sources/inventory.ts';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { difference } from '../../lib/inventory/difference.ts';
import { parseInventory } from '../../lib/inventory/parse.ts';
import type { Inventory, PlannedResource } from '../../lib/inventory/resource.ts';
import { tableLines } from '../../lib/text/table.ts';
import { fixedText } from '../../lib/values/number-text.ts';
import { readPriceBook } from '../io/prices/book-folder.ts';
import { collectSync } from '../io/process/processes.ts';
import { say } from './say.ts';

const steps = ['read', 'plan difference', 'cost of both', 'cost difference'] as const;
type Step = (typeof steps)[number];

interface Measured {
  readonly resources: number;
  readonly changes: number;
  readonly lines: number;
  readonly milliseconds: Readonly<Record<Step, number>>;
  /** Time of processors, garbage collection included: what a busy machine does not change. */
  readonly cpuMilliseconds: number;
  /** Most memory that the process ever had, and what it had before it read the plans. */
  readonly peakMib: number;
  readonly startMib: number;
}

const sizes = [1000, 3000, 10_000, 30_000, 100_000];

/**
 * Each size in a process of its own, so that none pays for the memory of the one before; the median
 * of `runs` by time.
 */
export function benchCost(runs: number): void {
  say(`cost: the difference of two plans, 1 resource in 100 changed, the median of ${runs} processes`);
  say(row(['resources', ...steps.map((step) => `${step} ms`), 'all ms', 'CPU ms', 'peak MiB']));
  for (const size of sizes) say(row(cells(medianOf(Array.from({ length: runs }, () => inOwnProcess(size))))));
}

/** Each row is printed as soon as it is measured, so columns have a width from the start. */
const columns = [9, ...steps.map((_, index) => (index === 0 ? 20 : 18)), 9, 7, 12].map((min) => ({ align: 'right', min }) as const);

function row(texts: readonly string[]): string {
  return tableLines(columns, [texts]).join('\n');
}

function cells({ resources, milliseconds, cpuMilliseconds, peakMib, startMib }: Measured): string[] {
  const times = [...steps.map((step) => milliseconds[step]), allOf(milliseconds), cpuMilliseconds];
  return [String(resources), ...times.map((time) => fixedText(time, 0)), `${peakMib} (+${peakMib - startMib})`];
}

function allOf(milliseconds: Measured['milliseconds']): number {
  return steps.reduce((total, step) => total + milliseconds[step], 0);
}

function medianOf(measured: readonly Measured[]): Measured {
  const sorted = measured.toSorted((one, other) => allOf(one.milliseconds) - allOf(other.milliseconds));
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new DojangError('no-runs', 'a benchmark needs at least one run', { next: 'give --runs 1 or more' });
  return median;
}

function inOwnProcess(size: number): Measured {
  const index = join(import.meta.dirname, 'index.ts');
  const { code, stdout, stderr } = collectSync(process.execPath, [index, 'cost', '--size', String(size)]);
  if (code !== 0) throw new DojangError('bench-failed', `measuring ${size} resources ended with ${code}`, { why: stderr.trim() });
  return JSON.parse(stdout) as Measured;
}

/** One size, here and now. */
export function measureCost(size: number): void {
  say(JSON.stringify(measure(size)));
}

/** The first use of the code, as in a pull request: nothing is warm. */
function measure(size: number): Measured {
  const book = readPriceBook();
  const [before, after] = [JSON.stringify(planOf(size, { changed: false })), JSON.stringify(planOf(size, { changed: true }))];
  const startMib = mib(process.memoryUsage().rss);
  const cpu = process.cpuUsage();
  const times: Partial<Record<Step, number>> = {};
  const timed = <T>(step: Step, work: () => T): T => {
    const began = performance.now();
    const result = work();
    times[step] = performance.now() - began;
    return result;
  };
  const plans = timed('read', () => [parseInventory(before, 'before'), parseInventory(after, 'after')] as const);
  const changes = timed('plan difference', () => difference(plans[0].resources, plans[1].resources));
  const usage = serviceUsage();
  const reports = timed(
    'cost of both',
    () => [estimateCost(billedOf(plans[0]), book, usage, book.asOf), estimateCost(billedOf(plans[1]), book, usage, book.asOf)] as const,
  );
  const { lines } = timed('cost difference', () => costDifference(...reports));
  const { user, system } = process.cpuUsage(cpu);
  return {
    resources: size,
    cpuMilliseconds: (user + system) / 1000,
    changes: changes.length,
    lines: lines.length,
    milliseconds: times as Record<Step, number>,
    peakMib: mib(process.resourceUsage().maxRSS * 1024),
    startMib,
  };
}

function mib(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/**
 * A plan like ours, many times: machines, disks, addresses, rules, roles. Every hundredth resource
 * is changed.
 */
function planOf(size: number, { changed }: Changed): Inventory {
  const resources = Array.from({ length: size }, (_, index) => resourceOf(index, { changed: changed && index % 100 === 0 }));
  return {
    version: 1,
    of: { service: 'bench', environment: 'bench', account: '123456789012', project: 'bench' },
    regions: { aws: 'ap-northeast-2', gcp: 'asia-northeast3' },
    resources,
  };
}

interface Changed {
  readonly changed: boolean;
}

const tags = [
  { Key: 'environment', Value: 'bench' },
  { Key: 'owner', Value: 'platform' },
];

const kinds: readonly ((changed: Changed) => Pick<PlannedResource, 'cloud' | 'type' | 'properties'>)[] = [
  ({ changed }) => ({
    cloud: 'aws',
    type: 'AWS::EC2::Instance',
    properties: {
      InstanceType: changed ? 'm7g.xlarge' : 'm7g.large',
      BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 30, VolumeType: 'gp3' } }],
      Monitoring: true,
      Tags: tags,
    },
  }),
  () => ({ cloud: 'aws', type: 'AWS::EC2::Volume', properties: { Size: 50, VolumeType: 'gp3', Tags: tags } }),
  () => ({ cloud: 'aws', type: 'AWS::EC2::EIP', properties: { Domain: 'vpc', Tags: tags } }),
  () => ({ cloud: 'aws', type: 'AWS::EC2::SecurityGroupIngress', properties: { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 } }),
  () => ({ cloud: 'aws', type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: { Statement: [] }, Tags: tags } }),
  () => ({ cloud: 'aws', type: 'AWS::S3::Bucket', properties: { VersioningConfiguration: { Status: 'Enabled' }, Tags: tags } }),
  () => ({ cloud: 'aws', type: 'AWS::CloudWatch::Alarm', properties: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' } }),
  () => ({
    cloud: 'gcp',
    type: 'gcp:compute/instance:Instance',
    properties: {
      machineType: 'n1-standard-2',
      guestAccelerators: [{ type: 'nvidia-tesla-t4', count: 1 }],
      bootDisk: { initializeParams: { size: 50, type: 'pd-balanced' } },
      zone: 'asia-northeast3-b',
    },
  }),
  () => ({ cloud: 'gcp', type: 'gcp:compute/disk:Disk', properties: { size: 100, type: 'pd-balanced', zone: 'asia-northeast3-b' } }),
  () => ({ cloud: 'gcp', type: 'gcp:compute/firewall:Firewall', properties: { direction: 'INGRESS', sourceRanges: ['192.0.2.1/32'] } }),
];

function resourceOf(index: number, changed: Changed): PlannedResource {
  const kind = kinds[index % kinds.length] ?? kinds[0];
  if (!kind) throw new DojangError('bench-failed', 'there is no kind of resource');
  return { stack: `stack-${index % 20}`, id: `Resource${index}`, ...kind(changed) };
}
