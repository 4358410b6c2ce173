/**
 * What a comment says below its table: what may be lost, what the policies say, what has no price.
 */
import { counted, plural } from '../../values/counted.ts';
import type { CostDifference, CostReport } from '../estimate/report.ts';
import type { Verdict } from '../policy/evaluate.ts';
import type { Finding } from '../policy/policy.ts';
import { code, firstOf, folded, nameCode, plain, plainName, plainSentence } from './formats/markdown.ts';
import type { Review } from './review.ts';
import type { Risk, RiskKind } from './risks.ts';

const shownResources = 10;
const shownFindings = 10;

const heads: Record<RiskKind, string> = {
  lose: '⛔ **loses**',
  leave: '⛔ **leaves behind**',
  unprotect: '⚠️ **unprotects**',
  stop: '⚠️ **stops**',
  unbuilt: 'ℹ️ plans',
  renew: 'ℹ️ replaces',
};

/** One line for each kind of risk and what it means. */
export function riskLines({ environment, risks }: Review): string[] {
  return groupsOf(risks).map((group) => riskLine(group, environment));
}

function groupsOf(risks: readonly Risk[]): (readonly Risk[])[] {
  return [...Map.groupBy(risks, ({ kind, means, change }) => `${kind}\n${change.effect}\n${means}`).values()];
}

function riskLine(group: readonly Risk[], environment: string): string {
  const [first] = group;
  if (!first) return '';
  const { shown, more } = firstOf(group, shownOf(first.kind));
  const names = shown.map(
    ({ change: { id, type, changed } }) => `${nameCode(id)} (${[nameCode(type), ...firstChanged(changed)].join(', ')})`,
  );
  const said = `${heads[first.kind]} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${first.means}.`;
  return `${said}${approvalFor(group, environment)}`;
}

function shownOf(kind: RiskKind): number {
  return kind === 'renew' ? 3 : shownResources;
}

/** The first properties that are the reason. */
function firstChanged(changed: readonly string[]): string[] {
  const { shown, more } = firstOf(changed, 3);
  return [...shown.map(plainName), ...(more > 0 ? [`${more} more`] : [])];
}

/**
 * `dojang up` stops at these unless they are named. A command that is too long to type is not
 * written out.
 */
function approvalFor(group: readonly Risk[], environment: string): string {
  if (group.some(({ kind }) => kind !== 'lose' && kind !== 'unprotect')) return '';
  if (group.length > shownResources + 1 || group.some(({ change }) => change.id.length > longestApproval)) {
    return ` \`dojang up\` refuses it unless each of these ${group.length} is approved by name.`;
  }
  const named = group.map(({ change }) => `--approve ${change.id}`).join(' ');
  return ` \`dojang up\` refuses it without ${code(`--env ${environment} ${named}`)}.`;
}

const longestApproval = 80;

/** What is wrong, each by itself; what is right, in one line. */
export function verdictLines({ verdicts }: Review): string[] {
  const right = verdicts.filter(({ verdict }) => verdict === 'pass').map((each) => `${nameOf(each)} (${plainSentence(each.right)})`);
  return [...verdicts.flatMap(findingLines), ...(right.length > 0 ? [`✅ ${right.join(', ')}`] : [])];
}

function findingLines(verdict: Verdict): string[] {
  const head = `${verdict.verdict === 'fail' ? '❌' : '⚠️'} ${nameOf(verdict)}`;
  const { shown, more } = firstOf(verdict.findings, shownFindings);
  return [
    ...shown.map((finding) => `${head}: ${findingText(finding)}`),
    ...(more > 0 ? [`${head}: ${counted(more, 'more finding')}`] : []),
  ];
}

function nameOf({ policy }: Verdict): string {
  return policy.replaceAll('-', ' ');
}

function findingText({ message, next }: Finding): string {
  return `**${plainSentence(message)}**; ${plainSentence(next)}`;
}

/** What the totals lack, by reason; what this change is the reason of comes first. */
export function unknownLines({ after: { unknown }, opened }: CostDifference): string[] {
  if (unknown.length === 0) return [];
  const all = `${counted(unknown.length, 'line')} could not be priced${opened.length > 0 ? ` (${opened.length} of this change)` : ''}`;
  const summary = `⚠️ ${all} and ${plural(unknown.length, 'is', 'are')} missing from the totals`;
  const groups = [...Map.groupBy(new Set([...opened, ...unknown]), ({ reason }) => reason)];
  const { shown, more } = firstOf(groups, shownResources);
  const reasons = shown.map(([reason, members]) => `- ${namesOf(members)}: ${plainSentence(reason)}`);
  return folded(summary, [...reasons, ...(more > 0 ? [`- ${counted(more, 'more reason')}`] : [])]);
}

function namesOf(members: CostReport['unknown']): string {
  const { shown, more } = firstOf(members, 3);
  const names = shown.map(({ resource, line }) => `${nameCode(resource.id)}${line ? ` ${plainName(line.name)}` : ''}`);
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Everything that the lines above have left out, whole: for a file, where there is room. */
export function allNotes(review: Review): string[] {
  return [
    ...longRisks(review).flatMap(([first, group]) => {
      const named = group.map(({ change: { id, stack, type, changed } }) =>
        [code(id), code(stack), code(type), ...changed.map(plain)].join(', '),
      );
      return folded(
        `${heads[first.kind].replaceAll('**', '')} ${counted(group.length, 'resource')}`,
        named.map((text) => `- ${text}`),
      );
    }),
    ...longVerdicts(review).flatMap((verdict) => {
      const each = verdict.findings.map(({ message, next }) => `- ${plain(message)}; ${plain(next)}`);
      return folded(`${nameOf(verdict)}: ${counted(verdict.findings.length, 'finding')}`, each);
    }),
    ...longUnknown(review.cost),
  ];
}

/** Whether the lines above leave out anything. */
export function shortensNotes(review: Review): boolean {
  return longRisks(review).length > 0 || longVerdicts(review).length > 0 || shortensUnknown(review.cost);
}

/** Groups of risks of which not every resource is named. */
function longRisks({ risks }: Review): (readonly [first: Risk, group: readonly Risk[]])[] {
  return groupsOf(risks).flatMap((group) => {
    const [first] = group;
    return first && firstOf(group, shownOf(first.kind)).more > 0 ? [[first, group] as const] : [];
  });
}

function longVerdicts({ verdicts }: Review): Verdict[] {
  return verdicts.filter(({ findings }) => firstOf(findings, shownFindings).more > 0);
}

function shortensUnknown({ after: { unknown } }: CostDifference): boolean {
  const groups = [...Map.groupBy(unknown, ({ reason }) => reason)];
  return firstOf(groups, shownResources).more > 0 || groups.some(([, members]) => firstOf(members, 3).more > 0);
}

function longUnknown(cost: CostDifference): string[] {
  if (!shortensUnknown(cost)) return [];
  const { unknown } = cost.after;
  const each = [...Map.groupBy(unknown, ({ reason }) => reason)].flatMap(([reason, members]) => [
    `- ${plain(reason)}`,
    ...members.map(({ resource, line }) => `  - ${code(resource.id)}${line ? ` ${plain(line.name)}` : ''}`),
  ]);
  return folded(`${counted(unknown.length, 'line')} that could not be priced`, each);
}
