/** What AWS must grant before anything is deployed to it. */
import type { Environment } from '../config/environment.ts';
import { awsMachine } from '../config/machines.ts';
import { type AwsAccount, type DeployedHost, ec2Quotas, type MachineImageFacts, type Usage } from '../ports/preflight.ts';
import { asFault, check, fault, ok, type PreflightCheck, type Verdict, warning } from './check.ts';
import { quotaVerdict, type Room } from './room.ts';

export function awsChecks(environment: Environment, now: Date): PreflightCheck[] {
  const { account, region, machine } = environment.aws;
  return [
    check({
      id: 'aws-credentials',
      subject: 'aws',
      title: 'credentials',
      facts: ({ aws }) => aws.access(),
      verdict: () => ok(`account ${account}`),
      refused: asFault('aws sts get-caller-identity'),
    }),
    check({
      id: 'aws-region',
      subject: 'aws',
      title: 'region',
      facts: ({ aws }) => aws.optIn(region),
      verdict: (optIn) => regionVerdict(region, optIn),
    }),
    check({
      id: 'aws-elastic-ips',
      subject: 'aws',
      title: 'Elastic IPs',
      facts: ({ aws }) => room(aws, ec2Quotas.elasticIps, aws.elasticIps()),
      verdict: (facts) => roomVerdict(facts, { needed: 1, region, code: ec2Quotas.elasticIps }),
    }),
    check({
      id: 'aws-vcpus',
      subject: 'aws',
      title: `vCPUs for ${machine}`,
      facts: ({ aws }) => room(aws, ec2Quotas.standardVcpus, aws.standardVcpus()),
      verdict: (facts) => roomVerdict(facts, { needed: awsMachine(machine)?.vcpus ?? 0, region, code: ec2Quotas.standardVcpus }),
    }),
    check({
      id: 'aws-image',
      subject: 'aws',
      title: 'machine image',
      facts: async ({ aws }) => ({ image: await aws.image(), deployed: await aws.deployed() }),
      verdict: ({ image, deployed }) => imageVerdict(image, deployed, now),
    }),
  ];
}

async function room(aws: AwsAccount, code: string, usage: Promise<Usage>): Promise<Room> {
  const [limit, { used, ours }] = await Promise.all([aws.quota(code), usage]);
  return { limit, used, ours };
}

function roomVerdict(facts: Room, want: { readonly needed: number; readonly region: string; readonly code: string }): Verdict {
  const { needed, region, code } = want;
  const ask = `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code ${code}`;
  return quotaVerdict(facts, needed, (limit) => `${ask} --desired-value ${limit} --region ${region}`);
}

function regionVerdict(region: string, optIn: string | undefined): Verdict {
  if (optIn === undefined) return fault(`${region} is no region of AWS`, 'correct aws.region; aws ec2 describe-regions lists them');
  if (optIn !== 'not-opted-in') return ok(region);
  return fault(`${region} is not enabled for the account`, `aws account enable-region --region-name ${region}`);
}

/** A machine that is there needs its image no more, and a deprecated one still starts by its id. */
function imageVerdict({ key, id, state, deprecation }: MachineImageFacts, { instanceId }: DeployedHost, now: Date): Verdict {
  const remedy = `npx cdk context --reset "${key}" && npx cdk synth -q, then commit cdk.context.json`;
  if (id === undefined)
    return fault('no image is pinned in cdk.context.json', 'npx cdk synth -q looks it up, then commit cdk.context.json');
  if (state !== 'available') {
    const detail = state === undefined ? `${id} does not exist (any more)` : `${id} is ${state}`;
    return instanceId ? warning(`${detail}; the machine runs without it, and could not be replaced`, remedy) : fault(detail, remedy);
  }
  if (deprecation === undefined || new Date(deprecation) > now) return ok(id);
  if (instanceId) return ok(`${id}, deprecated since ${deprecation.slice(0, 10)}; the machine runs with it`);
  return warning(`${id} is deprecated since ${deprecation.slice(0, 10)}`, remedy);
}
