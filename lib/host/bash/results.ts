/** What a rendered script said, read back. */

type StepState = 'ok' | 'changed' | 'differs' | 'failed';

export interface StepResult {
  readonly kind: 'step' | 'handler';
  readonly id: string;
  readonly state: StepState;
  /** What differed, or the end of what a failed step said. */
  readonly details: readonly string[];
}

export interface RunResults {
  readonly results: readonly StepResult[];
  /** `busy`: another run was on the host. `cut`: it was ended before it was done. */
  readonly end: 'done' | 'busy' | 'cut';
}

const line = /^(step|handler)\t([\w-]+)\t(ok|changed|differs|failed)\t(.*)$/;

/** Reads stdout of a script of `renderRecipe`; lines that are none of its own are left out. */
export function stepResults(stdout: string): RunResults {
  const found = new Map<string, { kind: StepResult['kind']; id: string; state: StepState; details: string[] }>();
  for (const said of stdout.split('\n')) {
    const [, kind, id = '', state, detail = ''] = line.exec(said) ?? [];
    if (!kind) continue;
    const key = `${kind} ${id}`;
    const result = found.get(key) ?? { kind: kind as StepResult['kind'], id, state: state as StepState, details: [] };
    if (detail !== '') result.details.push(detail);
    found.set(key, result);
  }
  return { results: [...found.values()], end: endOf(stdout) };
}

function endOf(stdout: string): RunResults['end'] {
  if (/^end\tbusy$/m.test(stdout)) return 'busy';
  return /^end\t(check|apply)$/m.test(stdout) ? 'done' : 'cut';
}
