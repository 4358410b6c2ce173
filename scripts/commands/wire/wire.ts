/**
 * `dojang wire`: makes rules, certificates and secrets what the configuration and the two addresses
 * say, and nothing more.
 */
import { describeEnvironment } from '../../../lib/deployment/describe.ts';
import { trustLine } from '../../../lib/pki/change.ts';
import type { FailedRow } from '../../../lib/ports/reporter.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { counted } from '../../../lib/values/counted.ts';
import { type RuleDifference, ruleText } from '../../../lib/wiring/difference.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { driftError, driftOf, rulesOnEachSide, type Wiring, wireBoth } from '../../runtime/wiring/wiring.ts';
import { wireAnswer } from './answer.ts';

export interface WireOptions {
  /** Only look; drift is then a failure. */
  readonly check: boolean;
  /** Certificates and secrets to be made anew, though nothing is wrong with them. */
  readonly rotate: readonly string[];
}

/**
 * Reads both sides and, unless only asked to look, applies the difference. Run twice it changes
 * nothing.
 */
export async function wire(
  { environment, report }: Context,
  clouds: Clouds,
  { check, rotate }: WireOptions,
): Promise<Outcome<DataOf<typeof wireAnswer>>> {
  const wiring = await report.task(
    'wire',
    (progress) => wireBoth(describeEnvironment(environment), clouds, { apply: !check, rotate }, progress),
    (found) => rowEnd(found, { check }),
  );
  const outcome = { format: wireAnswer, data: wiring, lines: renderWiring(wiring, { look: check }) };
  return check && driftOf(wiring) > 0 ? { ...outcome, failure: driftError(environment, driftOf(wiring)) } : outcome;
}

function rowEnd(wiring: Wiring, { check }: Pick<WireOptions, 'check'>): string | FailedRow {
  return check && driftOf(wiring) > 0 ? { failed: differenceCount(wiring) } : differenceCount(wiring);
}

interface Looking {
  /** Nothing was repaired. */
  readonly look: boolean;
}

/** Rules on each side, and what differs from them. */
export function renderWiring(wiring: Wiring, { look }: Looking): string[] {
  const count = driftOf(wiring);
  const { changes, notes } = wiring.trust;
  const toKnow = notes.map((note) => `  ${note}`);
  if (count === 0) return [...rulesOnEachSide(wiring), ...toKnow];
  const title = `${counted(count, 'difference')} between what is configured and what ${look ? 'is' : 'was'} there`;
  return [
    title,
    ...tableLines(
      [{}, {}, { min: 7 }, { min: 7 }, {}],
      wiring.differences.map((found) => differenceRow(found, { look })),
    ),
    ...Object.entries(wiring.endpoints).map(([name, value]) => `  aws  ${name}  ${look ? 'should be' : 'set to'} ${value}`),
    ...changes.map((change) => `  trust  ${trustLine(change, { look })}`),
    ...toKnow,
    ...(changes.length > 0 && !look ? ['  dojang provision brings what was made to the hosts'] : []),
  ];
}

function differenceRow({ kind, rule }: RuleDifference, { look }: Looking): string[] {
  const done = kind === 'stray' ? 'removed' : 'restored';
  const hint = kind === 'stray' ? 'added by hand? dojang wire removes it' : 'dojang wire restores it';
  const carrier = 'handle' in rule && rule.cloud === 'aws' ? `${rule.handle} ${rule.carrier}` : rule.carrier;
  return [rule.cloud, carrier, kind, rule.direction, `${ruleText(rule)}   ${look ? hint : done}`];
}

function differenceCount(wiring: Wiring): string {
  const count = driftOf(wiring);
  return count === 0 ? `${rulesOnEachSide(wiring).length} rules, nothing to change` : counted(count, 'difference');
}
