/** A check as data: what is tried from where, and how its result is judged. */
import type { HostName } from '../ports/host-shell.ts';
import type { PortOutcome } from '../ports/prober.ts';
import type { Facts } from './facts.ts';

/** `external`: a client on the internet. `operator`: who runs the command. */
export type From = HostName | 'external' | 'operator';

export interface Verdict {
  readonly ok: boolean;
  /**
   * Nothing fails yet, but the operator should act on it: shown with what to do next, without a
   * failure.
   */
  readonly warns?: true;
  readonly detail: string;
  /** What puts it right, when it is not. */
  readonly next?: string;
}

interface Common {
  readonly id: string;
  /** What must be so. */
  readonly title: string;
}

/** What a host is asked. Checks that name the same probe share its one run. */
export interface Probe {
  readonly name: string;
  /** Body of a bash function. It prints facts with `fact KEY VALUE...` and never a secret. */
  readonly script: string;
}

/** When the host was asked, by the clock of this machine. */
export interface Asked {
  readonly began: Date;
  readonly ended: Date;
}

export interface HostCheck extends Common {
  readonly from: HostName;
  readonly probe: Probe;
  verdict(facts: Facts, asked: Asked): Verdict;
}

export interface PortCheck extends Common {
  readonly from: 'external';
  readonly address: string;
  readonly ports: readonly number[];
  verdict(outcomes: readonly PortResult[]): Verdict;
}

export interface PortResult {
  readonly port: number;
  readonly outcome: PortOutcome;
}

/**
 * A check that was made, or could not be (`untried`) because where it is made from cannot be
 * reached.
 */
export interface CheckResult extends Common {
  readonly from: From;
  readonly state: 'ok' | 'warning' | 'failed' | 'untried';
  readonly detail: string;
  readonly next?: string;
}

export function ok(detail: string): Verdict {
  return { ok: true, detail };
}

export function warning(detail: string, next: string): Verdict {
  return { ok: true, warns: true, detail, next };
}

export function failed(detail: string, next: string): Verdict {
  return { ok: false, detail, next };
}

export function resultOf({ id, title, from }: Common & { readonly from: From }, verdict: Verdict): CheckResult {
  return { id, title, from, state: stateOf(verdict), detail: verdict.detail, next: verdict.next };
}

function stateOf({ ok, warns }: Verdict): CheckResult['state'] {
  if (!ok) return 'failed';
  return warns ? 'warning' : 'ok';
}
