/** Running the recipes of the hosts: what `provision` and `up` share. */

import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { limitOf, type RunMode, renderRecipe } from '../../../lib/host/bash/render.ts';
import { type StepResult, stepResults } from '../../../lib/host/bash/results.ts';
import type { HostRecipe } from '../../../lib/host/bash/step.ts';
import type { HostFacts } from '../../../lib/host/facts.ts';
import { hostNames, onlySteps } from '../../../lib/host/recipe.ts';
import { registersWithin } from '../../../lib/host/ssm-agent.ts';
import type { HostName, HostShell } from '../../../lib/ports/host-shell.ts';
import type { FailedRow, Progress } from '../../../lib/ports/reporter.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { counted } from '../../../lib/values/counted.ts';
import { allSettled } from '../../io/all-settled.ts';
import type { ProvisionData } from '../answers/hosts.ts';
import type { Context } from '../context.ts';
import type { PartOutcome } from '../outcome.ts';

export interface ProvisionPorts {
  readonly shell: HostShell;
  readonly facts: HostFacts;
}

export interface RecipeOptions {
  /** Only look; a difference is then a failure. */
  readonly check: boolean;
  /** Hosts or ids of steps; all when empty. */
  readonly only: readonly string[];
}

/** What a run found or did on one host. */
interface HostOutcome {
  readonly host: HostName;
  readonly results: readonly StepResult[];
}

/**
 * Both hosts at the same time; a step or a difference that makes it fail is in the outcome.
 * @throws DojangError `host-unreachable`, `host-busy`, `host-interrupted`
 */
export async function runRecipes(
  { environment, report }: Context,
  shell: HostShell,
  recipes: readonly HostRecipe[],
  options: Pick<RecipeOptions, 'check'>,
): Promise<PartOutcome<ProvisionData>> {
  const mode: RunMode = options.check ? 'check' : 'apply';
  const outcomes: HostOutcome[] = [];
  await allSettled(
    recipes.map(async (recipe) => {
      const work = (progress: Progress) => runRecipe(shell, recipe, mode, progress);
      outcomes.push(await report.task(recipeRow(recipe.host), work, ({ results }) => stepCounts(results, mode)));
    }),
  );
  return outcomeOf(environment.name, inOrder(outcomes), mode);
}

/** The name of the row that shows the recipe of a host. */
export const recipeRow = (host: HostName) => `provision ${host}`;

/**
 * The recipes that `only` leaves, with the steps that it leaves. @throws DojangError `unknown-step`
 * naming what there is.
 */
export function chosenRecipes(recipes: readonly HostRecipe[], only: readonly string[]): HostRecipe[] {
  if (only.length === 0) return [...recipes];
  const hosts: readonly string[] = recipes.map(({ host }) => host);
  const steps = [...new Set(recipes.flatMap((recipe) => recipe.steps.map(({ id }) => id)))];
  const unknown = only.find((name) => !hosts.includes(name) && !steps.includes(name));
  if (unknown !== undefined) {
    throw new DojangError('unknown-step', `no host and no step ${unknown}`, { next: `--only takes: ${[...hosts, ...steps].join(', ')}` });
  }
  const ids = only.filter((name) => steps.includes(name));
  const named = only.some((name) => hosts.includes(name)) ? recipes.filter(({ host }) => only.includes(host)) : recipes;
  return (ids.length === 0 ? [...named] : named.map((recipe) => onlySteps(recipe, ids))).filter(({ steps: left }) => left.length > 0);
}

async function runRecipe(shell: HostShell, recipe: HostRecipe, mode: RunMode, progress: Progress): Promise<HostOutcome> {
  const { host } = recipe;
  progress('waiting for Systems Manager');
  await shell.whenReady(host, registersWithin, progress);
  progress(mode === 'check' ? `comparing ${recipe.steps.length} steps` : `${recipe.steps.length} steps`);
  const limitSeconds = limitOf(recipe, mode);
  const { stdout, stderr } = await shell.run(host, renderRecipe(recipe, mode), {
    comment: `dojang provision ${mode}`,
    limitSeconds,
    progress,
  });
  const { results, end } = stepResults(stdout);
  if (end === 'busy') throw busy(host);
  if (end === 'cut') throw interrupted(host, stderr);
  return { host, results };
}

function busy(host: HostName): DojangError {
  return new DojangError('host-busy', `another run of the recipe is still at work on the ${host} host`, {
    next: 'wait until it has ended, and run dojang provision again',
  });
}

function interrupted(host: HostName, stderr: string): DojangError {
  return new DojangError('host-interrupted', `the recipe was cut off on the ${host} host`, {
    why: stderr.trim().split('\n').at(-1) || 'The host may have restarted.',
    next: 'dojang provision again: it takes up what was left',
  });
}

/** Hosts end in any order; their outcomes are listed in a fixed one. */
function inOrder(outcomes: readonly HostOutcome[]): HostOutcome[] {
  return hostNames.flatMap((name) => outcomes.filter(({ host }) => host === name));
}

/**
 * What was found or done, as answer; a failed step is a failure, and so is a difference where one
 * only looks.
 */
function outcomeOf(environment: string, hosts: readonly HostOutcome[], mode: RunMode): PartOutcome<ProvisionData> {
  const outcome = { data: { environment, mode, hosts }, lines: hosts.flatMap(hostLines) };
  const all = hosts.flatMap(({ results }) => results);
  const failed = all.filter(({ state }) => state === 'failed').length;
  if (failed > 0) return { ...outcome, failure: stepFailure(environment, failed, mode) };
  const differing = all.filter(({ state }) => state === 'differs').length;
  return differing > 0 ? { ...outcome, failure: drift(environment, differing) } : outcome;
}

function stepFailure(environment: string, count: number, mode: RunMode): DojangError {
  return new DojangError('step-failed', `${counted(count, 'step')} of the recipe failed on the hosts of ${environment}`, {
    why: mode === 'apply' ? 'Steps after a failed one were not begun.' : 'The state of such a step could not be read.',
    next: 'see what it said above, and /var/log/dojang/provision.log on the host',
  });
}

function drift(environment: string, count: number): DojangError {
  return new DojangError('drift', `the hosts of ${environment} differ in ${counted(count, 'step')} from their recipe`, {
    next: `dojang provision --env ${environment}`,
  });
}

/** A table of what was not as it should be; one line when all was. */
function hostLines({ host, results }: HostOutcome): string[] {
  const listed = results.filter(({ state }) => state !== 'ok');
  if (listed.length === 0) return [`${host}  ${counted(results.length, 'step')}, nothing to change`];
  return [host, ...tableLines([{}, { min: 7 }, {}], listed.map(resultRow))];
}

function resultRow({ kind, id, state, details }: StepResult): string[] {
  return [id, state, details.length === 0 && kind === 'handler' ? 'done' : details.join('\n')];
}

/** What is said of a host in its one line of progress. */
function stepCounts(results: readonly StepResult[], mode: RunMode): string | FailedRow {
  const count = (state: StepResult['state']) => results.filter((result) => result.kind === 'step' && result.state === state).length;
  const parts = (['changed', 'differs', 'failed'] as const).filter((state) => count(state) > 0).map((state) => `${count(state)} ${state}`);
  if (parts.length === 0) return 'nothing to change';
  const failed = count('failed') > 0 || (mode === 'check' && count('differs') > 0);
  return failed ? { failed: parts.join(', ') } : parts.join(', ');
}
