/** What the workflows of GitHub and GitLab type is what the verb takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { addReview } from '../../scripts/cli-review.ts';
import { root } from '../../scripts/io/state.ts';

const read = (file: string) => parse(readFileSync(join(root, file), 'utf8'));
const steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[] =
  read('.github/workflows/review.yml').jobs.cost.steps;
const github = steps.find(({ run }) => run?.includes('dojang review'));
const gitlab: readonly string[] = read('.gitlab-ci.yml').review.script;

it.each([
  ['GitHub', [github?.run, github?.env?.POST].join(' '), 'github'],
  ['GitLab', gitlab.find((line) => line.includes('dojang review')) ?? '', 'gitlab'],
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

function reviewCommand(): Command {
  const program = new Command();
  addReview(program);
  const [command] = program.commands;
  if (!command) throw new Error('no verb');
  return command;
}
