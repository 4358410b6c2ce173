/** A check before a deployment as data: what is asked, and how the answer is judged. */
import { DojangError, messageOf } from '../errors/dojang-error.ts';
import type { PreflightPorts } from '../ports/preflight.ts';

/**
 * What a check is about: either cloud, the service as the internet sees it, or the machine that
 * runs the command.
 */
export type Subject = 'aws' | 'gcp' | 'service' | 'here';

/**
 * `warning`: nothing stops a deployment. `unknown`: the question could not be asked, which is no
 * success.
 */
export type State = 'ok' | 'warning' | 'fault' | 'unknown';

export interface Verdict {
  readonly state: State;
  readonly detail: string;
  /** What puts a fault right, or lets an unknown be asked: a command, or the page of a console. */
  readonly remedy?: string;
}

export interface PreflightCheck {
  readonly id: string;
  readonly subject: Subject;
  /** What must be so. */
  readonly title: string;
  /**
   * Asks and judges. Never throws: what stood in the way of the question is the detail of
   * `unknown`.
   */
  run(ports: PreflightPorts): Promise<Verdict>;
}

export interface CheckResult extends Verdict {
  readonly id: string;
  readonly subject: Subject;
  readonly title: string;
}

export interface CheckParts<Facts> {
  readonly id: string;
  readonly subject: Subject;
  readonly title: string;
  facts(ports: PreflightPorts): Promise<Facts>;
  verdict(facts: Facts): Verdict;
  /** @default every failure to ask is `unknown` */
  refused?(error: unknown): Verdict;
}

/** A check made of a question and the judgement of its answer. */
export function check<Facts>({ id, subject, title, facts, verdict, refused = notAsked }: CheckParts<Facts>): PreflightCheck {
  return { id, subject, title, run: (ports) => facts(ports).then(verdict).catch(refused) };
}

export function ok(detail: string): Verdict {
  return { state: 'ok', detail };
}

export function warning(detail: string, remedy: string): Verdict {
  return { state: 'warning', detail, remedy };
}

export function fault(detail: string, remedy: string): Verdict {
  return { state: 'fault', detail, remedy };
}

export function unknown(detail: string, remedy?: string): Verdict {
  return { state: 'unknown', detail, ...(remedy ? { remedy } : {}) };
}

/** For a question that failed. */
export function notAsked(error: unknown): Verdict {
  return unknown(firstLine(messageOf(error)), error instanceof DojangError ? error.next : undefined);
}

/** For credentials: what stands in the way of asking is what is wrong. */
export function asFault(remedy: string): (error: unknown) => Verdict {
  return (error) => fault(firstLine(messageOf(error)), (error instanceof DojangError && error.next) || remedy);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).trim().replace(/\.$/, '');
}
