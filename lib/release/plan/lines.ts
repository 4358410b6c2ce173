/** A plan in words: for `deploy --dry-run` and docs/releases.md. */
import { hanging, wrapped } from '../../text/wrap.ts';
import { spareSeconds, turnSeconds } from './limits.ts';
import type { FinalFailure, OnFailure, Step } from './step.ts';

/** Of a release, or of a restore. */
export interface PlannedStep extends Pick<Step, 'title' | 'checks' | 'limitSeconds' | 'onFailure'> {
  readonly id: string;
  readonly compensation?: { readonly title: string };
}

/** What is true of the limits of all steps that are a script on a host. */
export const hostLimits = `A step on a host also waits up to ${turnSeconds} s for its turn there, and is ended ${spareSeconds} s after its limit.`;

/** The same within a terminal's width. */
export const hostLimitLines: readonly string[] = wrapped(hostLimits, 0);

/** Within a terminal's width. */
export function planLines({ steps }: { readonly steps: readonly PlannedStep[] }): readonly string[] {
  return steps.flatMap((step) => hanging(`  ${step.id}`, stepText(step), 16));
}

function stepText(step: PlannedStep): string {
  const undone = step.compensation ? `; undone: ${step.compensation.title}` : '';
  return [`${step.title} (${limitText(step)})`, `checks: ${step.checks}`, `if it fails: ${failureText(step.onFailure)}${undone}`].join(
    '\n',
  );
}

export function limitText({ limitSeconds }: Pick<Step, 'limitSeconds'>): string {
  return limitSeconds === undefined ? 'no limit' : `${limitSeconds} s`;
}

export function failureText(onFailure: OnFailure): string {
  if (onFailure.do !== 'retry') return finalTexts[onFailure.do];
  const { times, pauseSeconds, afterwards } = onFailure;
  return `again up to ${times} times, ${pauseSeconds} s apart, then ${finalTexts[afterwards]}`;
}

const finalTexts: Readonly<Record<FinalFailure, string>> = { stop: 'stop', 'roll-back': 'roll back', continue: 'a warning' };
