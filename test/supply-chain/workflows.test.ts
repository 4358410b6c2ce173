/** What the pipelines of GitHub and GitLab run, with which rights, and what can reach a secret. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/io/state.ts';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: unknown;
  readonly env?: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: Record<string, string>; readonly env?: unknown; readonly steps: readonly Step[] }>
  >;
}

const folder = join(root, '.github/workflows');
const names = readdirSync(folder);
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const workflowOf = (name: string): Workflow => parse(textOf(name));
const jobsOf = (name: string) => Object.values(workflowOf(name).jobs);
const stepsOf = (name: string) => jobsOf(name).flatMap(({ steps }) => steps);
const secretIn = (value: unknown) => /secrets\.|github\.token|toJSON\(secrets/.test(JSON.stringify(value) ?? '');

describe.each(names)('%s', (name) => {
  it('takes every action by the commit of a version that a comment names', () => {
    const lines = textOf(name)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line));
    expect(lines).toHaveLength(stepsOf(name).filter(({ uses }) => uses).length);
    for (const line of lines) expect(line).toMatch(/uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('gives each job its own rights, and the workflow none', () => {
    expect(workflowOf(name).permissions).toEqual({});
    for (const { permissions } of jobsOf(name)) {
      expect(permissions?.contents).toBe('read');
      const writable = Object.entries(permissions ?? {}).flatMap(([right, level]) => (level === 'write' ? [right] : []));
      expect(['id-token', 'pull-requests']).toEqual(expect.arrayContaining(writable));
    }
  });

  it('leaves no token in the checkout', () => {
    for (const { uses, with: options } of stepsOf(name)) {
      if (uses?.startsWith('actions/checkout@')) expect(options).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('installs packages that run nothing, in a step that meets no secret', () => {
    const { env } = workflowOf(name);
    expect(secretIn([env, ...jobsOf(name).map((job) => job.env)])).toBe(false);
    const installing = stepsOf(name).filter(({ run }) => /\b(npm|pip|npx) (ci|install|i)\b/.test(run ?? ''));
    expect(installing.length).toBeGreaterThan(0);
    for (const step of installing) {
      expect(step.run).toMatch(/^npm ci --ignore-scripts /);
      expect(secretIn(step)).toBe(false);
    }
  });

  it('has no secret where the code of a fork runs', () => {
    const events = Object.keys(workflowOf(name).on as object);
    expect(events).not.toContain('pull_request_target');
    expect(events).not.toContain('workflow_run');
    if (events.includes('pull_request')) expect(textOf(name)).not.toMatch(/secrets/);
  });

  it('puts nothing of an event into a script', () => {
    for (const { run } of stepsOf(name)) expect(run ?? '').not.toContain('${{');
  });
});

it('GitLab runs its jobs in images that are named by their digest', () => {
  const jobs: Readonly<Record<string, { readonly image?: unknown }>> = parse(readFileSync(join(root, '.gitlab-ci.yml'), 'utf8'));
  const images = Object.values(jobs).flatMap(({ image }) => image ?? []);
  expect(jobs.default?.image).toBeDefined();
  for (const image of images) expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
});
