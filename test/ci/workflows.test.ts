/** What the workflows of GitHub and GitLab type is what the verb takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { addReview } from '../../scripts/cli/review.ts';
import { root } from '../../scripts/io/state.ts';

const read = (file: string) => parse(readFileSync(join(root, file), 'utf8'));
interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const steps: readonly Step[] = read('.github/workflows/review.yml').jobs.cost.steps;
const reviews = (line: string | undefined) => line?.includes(' bin/dojang.ts review ') === true;
const github = steps.find(({ run }) => reviews(run));
const job = read('.gitlab-ci.yml').review;
const gitlab: readonly string[] = job.script;

it.each([
  ['GitHub', [github?.run, github?.env?.POST].join(' '), 'github'],
  ['GitLab', gitlab.find(reviews) ?? '', 'gitlab'],
])('%s', (_, line, forge) => {
  const options = new Map(reviewCommand().options.map((option) => [option.long, option]));
  const typed = [...line.matchAll(/(--[a-z]+)(?: ([a-z]+))?/g)];
  expect(typed.map(([, flag]) => flag)).toEqual(expect.arrayContaining(['--base', '--output', '--post']));
  for (const [, flag = '', value] of typed) {
    const choices = options.get(flag)?.argChoices;
    expect(options.has(flag), flag).toBe(true);
    if (choices) expect(choices).toContain(value);
  }
  expect(line).toContain(`--post ${forge}`);
});

it('a token is where the review is, and nowhere before it', () => {
  expect(steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with).toMatchObject({ 'persist-credentials': false });
  expect(steps.filter((step) => JSON.stringify(step).includes('github.token'))).toEqual([github]);
  expect(gitlab.filter((line) => !reviews(line) && !line.startsWith('env -u GITLAB_TOKEN '))).toEqual([]);
});

it('no package runs anything while it is installed', () => {
  const lines = [...steps.flatMap(({ run }) => run ?? []), ...gitlab];
  const installing = lines.filter((line) => line.includes('npm '));
  expect(installing).toHaveLength(2);
  for (const line of installing) expect(line).toContain('npm ci --ignore-scripts ');
});

it('of two reviews of one merge request the older one gives way, so that they do not add two comments', () => {
  expect(job).toMatchObject({ resource_group: expect.stringContaining('$CI_MERGE_REQUEST_IID'), interruptible: true });
  expect(read('.github/workflows/review.yml').concurrency).toMatchObject({ 'cancel-in-progress': true });
});

function reviewCommand(): Command {
  const program = new Command();
  addReview(program);
  const [command] = program.commands;
  if (!command) throw new Error('no verb');
  return command;
}
