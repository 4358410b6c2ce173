/** A step of a restore. */
import type { Step } from '../plan/step.ts';

type RestoreStepId =
  | 'check'
  | 'ship'
  | 'pre-hook'
  | 'announce'
  | 'fetch'
  | 'import'
  | 'replay'
  | 'stop'
  | 'exchange'
  | 'migrate'
  | 'start'
  | 'open'
  | 'dump-replaced'
  | 'dump-restored'
  | 'clean'
  | 'announce-end'
  | 'post-hook'
  | 'remove';

export interface RestoreStep extends Pick<Step, 'title' | 'checks' | 'limitSeconds' | 'onFailure'> {
  readonly id: RestoreStepId;
  /** What the tool on the host performs, it carries to its end without the operator's machine. */
  readonly where: 'operator' | 'host';
  /** Missing: it leaves nothing that must be undone. */
  readonly compensation?: { readonly title: string };
  /** What visitors reach while it runs. */
  readonly serving: 'service' | 'maintenance-page';
}
