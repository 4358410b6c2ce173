/** What `dojang plan` says: data first, then the lines for the terminal. */

import type { Environment } from '../config/environment.ts';
import { tableLines } from '../text/table.ts';
import { wrapText } from '../text/wrap.ts';
import { unapproved } from './guard.ts';
import { restarts } from './interruptions.ts';
import type { Cloud, Effect, Inventory, ResourceChange, ResourceProvider } from './resource.ts';
import { holdingOf } from './stateful-resources.ts';

export interface PlanReport {
  readonly environment: string;
  readonly regions: Readonly<Record<Cloud, string>>;
  /** Whether there is a committed plan to compare with. */
  readonly compared: boolean;
  readonly groups: readonly PlanGroup[];
  /** What the clouds let each other do, in words. */
  readonly wire: string;
  readonly changes: readonly ResourceChange[];
  /** The changes that stop the plan. */
  readonly refused: readonly ResourceChange[];
}

interface PlanGroup {
  readonly cloud: ResourceProvider;
  readonly stack: string;
  readonly resources: number;
  /** The resources that people know by name, like `elastic ip`. */
  readonly notable: readonly string[];
  readonly keepsData: boolean;
}

/** Resource types worth a word in the overview. */
const words: Readonly<Record<string, string>> = {
  'AWS::EC2::EIP': 'elastic ip',
  'AWS::S3::Bucket': 'artifact bucket',
  'AWS::EC2::Volume': 'data volume',
  'AWS::EC2::VPC': 'vpc',
  'AWS::EC2::Subnet': 'public subnet',
  'AWS::EC2::SecurityGroup': 'security group',
  'AWS::DLM::LifecyclePolicy': 'daily snapshots',
  'AWS::Budgets::Budget': 'budget',
  'gcp:compute/address:Address': 'static address',
  'gcp:compute/network:Network': 'network',
  'gcp:compute/disk:Disk': 'data disk',
  'gcp:compute/resourcePolicy:ResourcePolicy': 'daily snapshots',
  'gcp:billing/budget:Budget': 'budget',
};

/**
 * The plan of an environment beside the committed one; `committed` is undefined when there is none
 * yet.
 */
export function planReport(
  environment: Environment,
  planned: Inventory,
  committed: { readonly changes: readonly ResourceChange[] } | undefined,
  approved: readonly string[],
): PlanReport {
  const changes = committed?.changes ?? [];
  return {
    environment: environment.name,
    regions: { aws: environment.aws.region, gcp: environment.gcp.zones[0] ?? environment.gcp.region },
    compared: committed !== undefined,
    groups: groupsOf(environment, planned),
    wire: wireText(environment),
    changes,
    refused: unapproved(changes, approved),
  };
}

function wireText({ gcp, runpod }: Environment): string {
  return runpod ? 'aws host -> runpod   tcp 443' : `aws host -> gcp ai   tcp ${gcp.aiPort} from <aws address>/32`;
}

function groupsOf(environment: Environment, { resources }: Inventory): PlanGroup[] {
  const byStack = Map.groupBy(resources, ({ cloud, stack }) => `${cloud} ${stack}`);
  return [...byStack.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    return {
      cloud: first.cloud,
      stack: first.stack,
      resources: members.length,
      notable: [...new Set(members.flatMap(({ type }) => wordFor(environment, type)))],
      keepsData: members.some(({ type }) => holdingOf(type) === 'data'),
    };
  });
}

function wordFor({ aws, gcp, runpod }: Environment, type: string): string[] {
  if (type === 'AWS::EC2::Instance') return [`${aws.machine}, ${aws.image}`];
  if (type === 'gcp:compute/instance:Instance') return [`${gcp.machine} + ${gcp.gpu.count} x T4`];
  if (type === 'runpod:serverless/endpoint:Endpoint' && runpod)
    return [`${runpod.gpu} GPU, ${runpod.workers.active} active + ${runpod.workers.flex} flex`];
  return words[type] ? [words[type]] : [];
}

const marks: Record<Effect, string> = { create: '+', update: '~', replace: '±', delete: '-', unprotect: '!' };

interface PlanContext {
  /** What it costs, as lines. */
  readonly cost: readonly string[];
  /** Whether the committed plan has just been renewed. */
  readonly written: boolean;
}

/** The report as lines of at most 80 columns where names allow. */
export function renderPlan(report: PlanReport, { cost, written }: PlanContext): string[] {
  const title = `${report.environment}: aws ${report.regions.aws}, gcp ${report.regions.gcp}`;
  const file = `plans/${report.environment}.json`;
  return [
    ...tableLines([{ gap: 0, min: 46 }, {}], [[title, report.compared ? `compared with ${file}` : 'no committed plan yet']]),
    '',
    ...groupLines(report.groups),
    `  wire ${report.wire}`,
    ...cost,
    '',
    ...(report.changes.length > 0 ? report.changes.map(renderChange) : report.compared ? ['  no change'] : []),
    ...(written ? [`  wrote ${file}`] : hint(report, file)),
  ];
}

function hint({ changes, compared, environment, refused }: PlanReport, file: string): string[] {
  if (refused.length > 0 || (compared && changes.length === 0)) return [];
  return [`  dojang plan --env ${environment} --write   ${compared ? 'renews' : 'makes'} ${file}`];
}

function groupLines(groups: readonly PlanGroup[]): string[] {
  const widths = [groups.map(({ cloud }) => cloud.length), groups.map(({ stack }) => stack.length)];
  const room = widths.reduce((left, each) => left - Math.max(0, ...each), 80 - 10);
  return tableLines(
    [{}, {}, { align: 'right', min: 2 }, {}],
    groups.map((group) => [group.cloud, group.stack, String(group.resources), notableLines(group, room).join('\n')]),
  );
}

/** A space that lines are not broken at. */
const unbroken = '\u00a0';

/** What people know by name, joined by commas; what one name consists of stays on one line. */
function notableLines({ notable, keepsData }: PlanGroup, width: number): string[] {
  const glued = (item: string) => item.replaceAll(' ', unbroken);
  const text = [notable.map(glued).join(', '), keepsData ? glued('(keeps data)') : ''].filter(Boolean).join(' ');
  return wrapText(text, width).map((line) => line.replaceAll(unbroken, ' '));
}

/** One change: `  ~ aws  dojang-prod-addresses/DataVolume  AWS::EC2::Volume  Size`. */
export function renderChange(change: ResourceChange): string {
  const { cloud, stack, id, type, effect, changed } = change;
  const holding = holdingOf(type);
  const held =
    holding && effect !== 'create'
      ? `  holds ${holding === 'machine' ? `the service${restarts(change) ? ', which restarts' : ''}` : `${holding === 'address' ? 'an ' : ''}${holding}`}`
      : '';
  return `  ${marks[effect]} ${cloud}  ${stack}/${id}  ${type}${changed.length > 0 ? `  ${changed.join(', ')}` : ''}${effect === 'unprotect' ? '  no longer protected' : ''}${held}`;
}
