/**
 * Four real changes on branches of a scratch repository: what the reviewer reads, and that it is
 * posted once.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswer } from '../scripts/checked.ts';
import { startForge, token } from '../scripts/io/rest/forge.ts';
import { Clone, type Ended } from './clone.ts';

interface Change {
  readonly branch: string;
  /** What is replaced in which file. */
  readonly edits: readonly (readonly [file: string, from: string, to: string])[];
  /** What it takes to renew the plan. */
  readonly approve: readonly string[];
}

const arm =
  '"ssm:account=123456789012:parameterName=/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id:region=';
const prodZone = "zone: 'ap-northeast-2a',\n        range";
const prodRegion = "region: 'ap-northeast-2',\n        ";

const changes = {
  bigger: { branch: 'bigger', edits: [['dojang.config.ts', "machine: 'm7g.large', //", "machine: 'm7g.xlarge', //"]], approve: [] },
  region: {
    branch: 'region',
    edits: [
      ['dojang.config.ts', `${prodRegion}${prodZone}`, `${prodRegion}${prodZone}`.replaceAll('ap-northeast-2', 'us-east-1')],
      // As `npx cdk synth` writes it after looking it up.
      ['cdk.context.json', arm, `${arm}us-east-1": "ami-00000000000b64f00",\n  ${arm}`],
    ],
    approve: ['DataVolume', 'Host'],
  },
  runpod: {
    branch: 'runpod',
    edits: [['dojang.config.ts', 'credits: {', "runpod: { gpu: '24 GB', workers: { flex: 3, active: 0 } },\n      credits: {"]],
    approve: ['ai-machine'],
  },
  volume: { branch: 'volume', edits: [['dojang.config.ts', "dataDisk: '50 GiB'", "dataDisk: '40 GiB'"]], approve: ['DataVolume'] },
} as const satisfies Record<string, Change>;

const clone = new Clone();
afterAll(() => clone.remove());

const git = async (...args: string[]) => {
  const author = ['-c', 'user.name=Kim', '-c', 'user.email=kim@example.com', '-c', 'init.defaultBranch=main'];
  const { code, text } = await clone.run('git', [...author, ...args], { GIT_CONFIG_GLOBAL: '/dev/null' });
  if (code !== 0) throw new Error(text);
};

async function commit(message: string): Promise<void> {
  await git('add', '--all', '--', '.', ':!node_modules');
  await git('commit', '--quiet', '--message', message);
}

async function propose({ branch, edits, approve }: Change): Promise<void> {
  await git('switch', '--quiet', '--create', branch, 'main');
  for (const [file, from, to] of edits) clone.edit(file, from, to);
  const plan = await clone.dojang('plan', '--env', 'prod', '--write', ...approve.flatMap((id) => ['--approve', id]));
  expect(plan.code, plan.text).toBe(0);
  await commit(branch);
}

const review = (branch: string, ...args: string[]): Promise<Ended> => clone.dojang('review', '--base', 'main', '--head', branch, ...args);

beforeAll(async () => {
  await git('init', '--quiet');
  await commit('the service as it is');
  for (const change of Object.values(changes)) await propose(change);
  // The base goes on; a change is still seen from where it began.
  await git('switch', '--quiet', 'main');
  clone.edit('dojang.config.ts', "rootDisk: '30 GiB'", "rootDisk: '60 GiB'");
  expect((await clone.dojang('plan', '--env', 'prod', '--write', '--approve', 'Host')).code).toBe(0);
  await commit('a larger root disk');
});

describe('the comment', () => {
  it('on a bigger machine: the total first, the machine, what it does to the budget and the credit', async () => {
    const { code, text } = await review('bigger');
    expect(code, text).toBe(0);
    expect(headline(text)).toMatch(/^### Cost of prod: \+\d+\.\d\d USD a month \(KRW [\d,]+\?\)$/);
    expect(text).toMatch(/AWS until (\S+) → \*\*until \d{4}-/);
    expect(text).toMatch(/\| `Host` Machine: m7g\.large → m7g\.xlarge +\| +\d+\.\d\d \| +\d+\.\d\d \| +\+\d+\.\d\d \|/);
    expect(text).toContain('⚠️ **stops** `Host` (`AWS::EC2::Instance`, InstanceType)');
    expect(text).not.toContain('⛔');
    expect(text).not.toContain('Root disk storage:');
  });

  it('on another region: other prices, and everything that stays behind', async () => {
    const { text } = await review('region');
    expect(headline(text)).toContain('⛔ leaves behind an address, data, a machine');
    expect(text).toContain('`DataVolume` Storage: ap-northeast-2 → us-east-1');
    expect(text).toMatch(
      /⛔ \*\*leaves behind\*\* `Address` .*`Artifacts` .*`DataVolume` .*`Host` .*: nothing moves along: what is in ap-northeast-2 of account 123456789012 stays there/,
    );
    expect(text).not.toContain('**loses**');
  });

  it('on RunPod instead of the GPU machine: the machine goes, its address and disk are still paid', async () => {
    const { text } = await review('runpod');
    expect(headline(text)).toMatch(/: -\d+\.\d\d USD a month \(KRW -[\d,]+\?\) · ⛔ loses a machine$/);
    expect(text).toMatch(/`ai-machine` \(`gcp:compute\/instance:Instance`\) gone +\| +\d+\.\d\d \| +\| +-\d+\.\d\d \|/);
    expect(text).toMatch(/`ai-endpoint` .*Flex workers.*new|`ai-endpoint` \(`runpod:serverless\/endpoint:Endpoint`\) new/);
    expect(text).toMatch(/\*\*RunPod\*\* +\| +\*\*0\.00\*\* \| +\*\*\d+\.\d\d\*\*/);
    expect(text).toContain('deploying to it is not built yet');
    const up = await withBranch('runpod', () => clone.dojang('up', '--env', 'prod', '--dry-run'));
    expect(up.code).toBe(1);
    expect(up.text).toContain('deploying to RunPod is not built yet');
  });

  it('on a data volume that would be replaced: cheaper, and the data is lost', async () => {
    const { text } = await review('volume');
    expect(headline(text)).toMatch(/: -\d\.\d\d USD a month .*⛔ loses data$/);
    expect(text).toContain('⛔ **loses** `DataVolume` (`AWS::EC2::Volume`, Size (smaller)): what is stored on it would be gone');
    expect(text).toContain('--approve DataVolume');
  });

  it('is posted once, however often the pull request is pushed to', async () => {
    const forge = await startForge(['nice']);
    const variables = { GITHUB_API_URL: forge.url, GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'team/shop', GITHUB_REF: 'refs/pull/7/merge' };
    expect((await posting('bigger', variables)).text).toContain('comment added');
    expect((await posting('bigger', variables)).text).toContain('comment left as it is');
    expect((await posting('volume', variables)).text).toContain('comment updated');
    expect(forge.comments).toHaveLength(2);
    expect(forge.comments[1]?.body).toContain('loses data');
    await forge.close();
  });
});

it('a report sees the same change as a review: from where it began', async () => {
  const change = (text: string) => readAnswer(text) as { change?: string; environments?: { change: string }[] };
  const [report, reviewed] = await withBranch('bigger', async () => [
    await clone.run('node', ['bin/dojang.ts', 'report', '--env', 'prod', '--base', 'main', '--json']),
    await clone.run('node', ['bin/dojang.ts', 'review', '--base', 'main', '--json']),
  ]);
  expect(change(report?.text ?? '').change).toBe(change(reviewed?.text ?? '').environments?.[0]?.change);
  expect(change(report?.text ?? '').change).toMatch(/^\d/);
});

describe('the gate', () => {
  it('is shut by a policy, in every format', async () => {
    await git('switch', '--quiet', 'bigger');
    clone.edit('dojang.config.ts', "changeLimit: { amount: '100 USD', percent: 25 }", "changeLimit: { amount: '50 USD' }");
    const plain = await clone.dojang('review', '--base', 'main');
    expect(plain.code).toBe(1);
    expect(headline(plain.text)).toContain('❌ refused by policy');
    expect(plain.text).toContain('dojang: this change is refused by change-limit of prod');
    const junit = await clone.dojang('review', '--base', 'main', '--format', 'junit');
    expect(junit.code).toBe(1);
    expect(junit.text).toContain('<failure message="+');
    await git('checkout', '--quiet', 'dojang.config.ts');
    await git('switch', '--quiet', 'main');
  });

  it('names the revision whose plan cannot be read', async () => {
    await git('switch', '--quiet', '--create', 'newer', 'main');
    writeFileSync(join(clone.folder, 'plans/prod.json'), '{ "version": 2 }');
    await commit('newer');
    const { code, text } = await review('newer');
    expect(code).toBe(1);
    expect(text).toMatch(/plans\/prod\.json of newer \([0-9a-f]{7}\) has version 2 and this dojang reads version 1/);
  });
});

function headline(text: string): string {
  return text.split('\n').find((line) => line.startsWith('### ')) ?? '';
}

async function withBranch<T>(branch: string, work: () => Promise<T>): Promise<T> {
  await git('switch', '--quiet', branch);
  try {
    return await work();
  } finally {
    await git('switch', '--quiet', 'main');
  }
}

function posting(branch: string, variables: Record<string, string>): Promise<Ended> {
  return clone.run('node', ['bin/dojang.ts', 'review', '--base', 'main', '--head', branch, '--post', 'github'], variables);
}
