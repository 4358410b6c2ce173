/** What the helper `ask` of the script reports of an HTTP answer. */
import type { Facts } from '../../facts.ts';

export interface HttpAnswer {
  /** Exit status of curl; undefined when the probe did not come that far. */
  readonly exit: string | undefined;
  readonly code: string;
  readonly body: string;
  readonly said: string;
}

export function answerOf(facts: Facts): HttpAnswer {
  const [exit, code = '', body = '', said = ''] = facts.first('answer');
  return { exit, code, body, said };
}

/** A body as an object; undefined when it is none. */
export function jsonOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
