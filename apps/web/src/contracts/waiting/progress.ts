/** How far a contract is, without an estimate where there is no data for one. */

const steps = ['received', 'line', 'reading', 'ready'] as const;
type StepName = (typeof steps)[number];
type StepState = 'done' | 'now' | 'next';

export interface Step {
  readonly name: StepName;
  readonly state: StepState;
}

/** The service answers within this time at the latest, if only with the friendly words. */
export const deadlineSeconds = 300;

const current: Record<string, StepName> = { waiting: 'line', running: 'reading' };

/** The steps of a contract. Only what really happened counts as done; there is no percentage. */
export function stepsOf(status: string): Step[] {
  const at = steps.indexOf(current[status] ?? 'ready');
  return steps.map((name, index) => ({ name, state: stateOf(index, at, status) }));
}

function stateOf(index: number, at: number, status: string): StepState {
  if (index < at || status === 'answered') return 'done';
  return index === at ? 'now' : 'next';
}

/**
 * Seconds since the contract was received. A clock that runs behind must not show a negative time.
 */
export function elapsedSeconds(createdAt: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(createdAt)) / 1000));
}

/** Milliseconds until the next attempt to follow the progress: quick at first, then every 15 s. */
export function reconnectDelay(attempt: number): number {
  return Math.min(15_000, 1000 * 2 ** attempt);
}
