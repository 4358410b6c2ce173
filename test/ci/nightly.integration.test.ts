/**
 * The scheduled jobs of GitHub and GitLab: what they may do, what they type, and what they say when
 * something is wrong.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from '../../scripts/cli/program.ts';
import { root } from '../../scripts/io/state.ts';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const read = (file: string) => parse(readFileSync(join(root, file), 'utf8'));
const workflow = read('.github/workflows/nightly.yml');
const steps: readonly Step[] = workflow.jobs.prod.steps;
const job = read('.gitlab-ci.yml').nightly;
const program = readFileSync(join(root, '.ci/nightly'), 'utf8');

describe('the job on GitHub', () => {
  it('runs every night, one at a time, and may read the code and sign in, nothing else', () => {
    expect(workflow.on.schedule).toEqual([{ cron: '20 18 * * *' }]);
    expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch']);
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.prod.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(workflow.concurrency).toEqual({ group: 'nightly-prod', 'cancel-in-progress': false });
    expect(workflow.jobs.prod.environment).toBe('production');
  });

  it('takes nothing from a cache', () => {
    expect(steps.filter((step) => step.uses?.startsWith('actions/cache') || step.with?.cache)).toEqual([]);
    const [node] = steps.filter((step) => step.uses?.startsWith('actions/setup-node@'));
    expect(node?.with).toMatchObject({ 'package-manager-cache': false });
  });

  it('installs before it signs in, and has no key of a cloud', () => {
    const at = (text: string) => steps.findIndex((step) => JSON.stringify(step).includes(text));
    expect(at('npm ci --ignore-scripts')).toBeLessThan(at('configure-aws-credentials'));
    expect(steps[at('actions/checkout')]?.with).toEqual({ 'persist-credentials': false });
    expect(steps[at('configure-aws-credentials')]?.with).toEqual({
      'role-to-assume': expect.stringContaining('vars.NIGHTLY_AWS_ROLE'),
      'aws-region': expect.stringContaining('vars.NIGHTLY_AWS_REGION'),
    });
    expect(JSON.stringify(workflow).match(/secrets\.\w+/g)).toEqual(['secrets.PULUMI_CONFIG_PASSPHRASE', 'secrets.PULUMI_ACCESS_TOKEN']);
  });
});

describe('the job on GitLab', () => {
  it('is for schedules of the default branch, one at a time, with tokens that end', () => {
    expect(job.rules).toEqual([{ if: expect.stringMatching(/== "schedule" && \$CI_COMMIT_BRANCH == \$CI_DEFAULT_BRANCH/) }]);
    expect(job).toMatchObject({
      resource_group: 'nightly-prod',
      interruptible: false,
      id_tokens: { AWS_TOKEN: { aud: 'sts.amazonaws.com' } },
    });
  });

  it('gives no token to what is installed', () => {
    const [install] = (job.script as string[]).filter((line) => line.includes('npm '));
    expect(install).toMatch(/^env -u AWS_TOKEN -u GCP_TOKEN -u PULUMI_CONFIG_PASSPHRASE npm ci --ignore-scripts /);
  });

  it('writes the credentials that the official libraries read', () => {
    const script = (job.script as string[]).find((line) => line.includes('external_account')) ?? '';
    const text = script.slice(script.indexOf('{'), script.lastIndexOf('}') + 1);
    expect(JSON.parse(text)).toMatchObject({ credential_source: { file: '/tmp/nightly/gcp-token' } });
    expect(job.variables).toMatchObject({ GOOGLE_APPLICATION_CREDENTIALS: '/tmp/nightly/gcp.json' });
  });
});

it('both run the same program, whose verbs there are', () => {
  const typed = [...steps.flatMap(({ run }) => run ?? []), ...(job.script as string[])].filter((line) => line.includes('.ci/nightly'));
  expect(typed).toEqual(['.ci/nightly prod "$GITHUB_STEP_SUMMARY"', '.ci/nightly prod nightly.md']);
  const verbs = /for verb in ([\w ]+);/.exec(program)?.[1]?.split(' ') ?? [];
  expect(verbs).toEqual(['wire', 'provision', 'doctor']);
  const commands = commandLine('0').commands.filter((command) => verbs.includes(command.name()));
  expect(commands).toHaveLength(3);
  for (const { options } of commands) expect(options.map(({ long }) => long)).toContain('--env');
  expect(spawnSync('shellcheck', [join(root, '.ci/nightly')], { encoding: 'utf8' }).stdout).toBe('');
});

describe('the program', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojang-nightly-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it with a `dojang` that says and ends as given, by verb. */
  function nightly(ends: Readonly<Record<string, { code: number; says: string }>>) {
    const cases = Object.entries(ends).map(([verb, { code, says }]) => `${verb}) cat <<'SAYS'\n${says}\nSAYS\nexit ${code} ;;`);
    const stub = `#!/bin/bash\n[ "$3 $4" = "--env prod" ] || exit 9\necho "$2" >>${folder}/ran\ncase $2 in\n${cases.join('\n')}\nesac\n`;
    writeFileSync(join(folder, 'node'), stub, { mode: 0o755 });
    // A runner may have no other locale than C, in which a sign such as ✗ is three characters.
    const env = { ...process.env, LC_ALL: 'C', PATH: [folder, process.env.PATH].join(delimiter) };
    const { status, stdout } = spawnSync(join(root, '.ci/nightly'), ['prod', join(folder, 'summary.md')], { env, encoding: 'utf8' });
    return {
      status,
      stdout,
      summary: readFileSync(join(folder, 'summary.md'), 'utf8'),
      ran: readFileSync(join(folder, 'ran'), 'utf8').trim().split('\n'),
    };
  }

  const fine = { code: 0, says: 'nothing to change' };
  const passed = { code: 0, says: 'from here\n  ✓ alarms reach ops@example.com\n\ndoctor: 44 checks, all passed' };

  it('succeeds when all three do', () => {
    const { status, summary, ran } = nightly({ wire: fine, provision: fine, doctor: passed });
    expect(status).toBe(0);
    expect(ran).toEqual(['wire', 'provision', 'doctor']);
    expect(summary).toMatch(/^### prod is in order\n[\s\S]*doctor: 44 checks, all passed\n```\n$/);
  });

  it('fails for a certificate that gets old because its domain was removed, and says what to do', () => {
    const says = [
      'from the aws host',
      '  ✗ certificate of the site lasts   expires in 9 days',
      '      Next: certbot renew on the aws host',
      '  ! alarms reach ops@example.com   the subscription waits for its confirmation',
      '      Next: follow the link',
      // More lines than the summary takes from the end.
      ...Array.from({ length: 9 }, (_, number) => `  ✓ check ${number}`),
      '',
      'doctor: 1 of 44 failed',
    ].join('\n');
    const { status, summary, stdout } = nightly({ wire: fine, provision: fine, doctor: { code: 1, says } });
    expect(status).toBe(1);
    expect(stdout).toContain(says);
    expect(summary).toMatch(/^### prod: doctor failed\n/);
    expect(summary).toContain('  ✗ certificate of the site lasts   expires in 9 days\n      Next: certbot renew on the aws host\n');
    expect(summary).toContain(
      '  ! alarms reach ops@example.com   the subscription waits for its confirmation\n      Next: follow the link\n',
    );
    expect(summary).not.toContain('check 3');
  });

  it('goes on after a failure, and names each', () => {
    const drift = { code: 1, says: 'dojang: aws does not answer\n  Next: try again' };
    const { status, summary, ran } = nightly({ wire: drift, provision: drift, doctor: passed });
    expect(status).toBe(1);
    expect(ran).toEqual(['wire', 'provision', 'doctor']);
    expect(summary).toMatch(/^### prod: wire provision failed\n/);
    expect(summary).toContain('dojang wire --env prod\n\n```\ndojang: aws does not answer\n  Next: try again\n```');
  });
});
