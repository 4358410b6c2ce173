/**
 * Bringing an environment up as a list of steps: data that a runner carries out and `--dry-run`
 * prints.
 */
import type { Environment } from '../config/environment.ts';

export type Action =
  /**
   * Asks both clouds and this machine whether a deployment can succeed; with `hosts` also what the
   * machines need.
   */
  | { readonly do: 'preflight'; readonly hosts: boolean }
  | { readonly do: 'bootstrap'; readonly cloud: 'aws' }
  | { readonly do: 'guard' }
  | { readonly do: 'deploy'; readonly cloud: 'aws'; readonly stacks: readonly string[] }
  | { readonly do: 'deploy'; readonly cloud: 'gcp'; readonly zones: readonly string[] }
  | { readonly do: 'wire' }
  /** Makes the GPU machine a node of Systems Manager. */
  | { readonly do: 'join' }
  | { readonly do: 'provision' }
  | { readonly do: 'release' };

export interface Step {
  readonly id: string;
  /** Shown while it runs. */
  readonly title: string;
  /**
   * Ids of the steps that must have succeeded before; steps that do not wait for each other run at
   * the same time.
   */
  readonly after: readonly string[];
  readonly action: Action;
}

export interface UpParts {
  /**
   * Whether there are machines that can be provisioned: always on real clouds, on the embedded ones
   * where they can run.
   */
  readonly hosts: boolean;
}

/**
 * The steps of `dojang up`. The preflight asks before anything else whether they can succeed; the
 * guard looks at both clouds before anything is changed. L0 comes first, because each cloud is
 * given the other's address; then GCP and the rest of AWS at the same time; wiring when both are
 * there; then what is on the machines.
 */
export function upSteps(environment: Environment, { hosts }: UpParts): Step[] {
  return [preflight(hosts), ...cloudSteps(environment), ...(hosts ? hostSteps : [])];
}

function preflight(hosts: boolean): Step {
  return { id: 'preflight', title: 'preflight', after: [], action: { do: 'preflight', hosts } };
}

/** L3 and L4. */
const hostSteps: readonly Step[] = [
  { id: 'join', title: 'gcp node', after: ['wire'], action: { do: 'join' } },
  { id: 'provision', title: 'provision', after: ['join'], action: { do: 'provision' } },
  { id: 'release', title: 'release', after: ['provision'], action: { do: 'release' } },
];

function cloudSteps(environment: Environment): Step[] {
  const { addresses, network, host } = environment.names.stacks;
  return [
    { id: 'aws-account', title: 'aws account', after: ['preflight'], action: { do: 'bootstrap', cloud: 'aws' } },
    { id: 'guard', title: 'guard', after: ['aws-account'], action: { do: 'guard' } },
    { id: 'aws-addresses', title: 'aws addresses', after: ['guard'], action: { do: 'deploy', cloud: 'aws', stacks: [addresses] } },
    { id: 'gcp-ai', title: 'gcp ai', after: ['aws-addresses'], action: { do: 'deploy', cloud: 'gcp', zones: environment.gcp.zones } },
    { id: 'aws-host', title: 'aws host', after: ['aws-addresses'], action: { do: 'deploy', cloud: 'aws', stacks: [network, host] } },
    { id: 'wire', title: 'wire', after: ['gcp-ai', 'aws-host'], action: { do: 'wire' } },
  ];
}

/**
 * The steps named by `only`, and always the guard, without which nothing is changed; all of them
 * when `only` is empty. A step waits for the chosen ones that its own predecessors wait for, so
 * that the guard has looked also when the steps between are left out.
 */
export function chosenSteps(steps: readonly Step[], only: readonly string[]): readonly Step[] {
  if (only.length === 0) return steps;
  const isChosen = (id: string) => id === 'guard' || only.includes(id);
  return steps.filter(({ id }) => isChosen(id)).map((step) => ({ ...step, after: nearest(step, steps, isChosen) }));
}

function nearest({ after }: Step, steps: readonly Step[], isChosen: (id: string) => boolean): string[] {
  const found = after.flatMap((id) => {
    const before = steps.find((step) => step.id === id);
    return isChosen(id) || !before ? [id] : nearest(before, steps, isChosen);
  });
  return [...new Set(found)];
}
