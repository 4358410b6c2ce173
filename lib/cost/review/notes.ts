/** What a comment says below its table: what may be lost, what the policies say, what has no price. */
import type { Verdict } from '../policy/judge.ts';
import type { Finding } from '../policy/policy.ts';
import type { CostDifference, CostReport } from '../report.ts';
import { code, firstOf, folded, plain } from './markdown.ts';
import type { Review } from './review.ts';
import type { Risk, RiskKind } from './risks.ts';
import { count } from './words.ts';

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
  const groups = Map.groupBy(risks, ({ kind, means, change }) => `${kind}\n${change.effect}\n${means}`);
  return [...groups.values()].map((group) => riskLine(group, environment));
}

function riskLine(group: readonly Risk[], environment: string): string {
  const [first] = group;
  if (!first) return '';
  const { shown, more } = firstOf(group, first.kind === 'renew' ? 3 : shownResources);
  const names = shown.map(({ change: { id, type, because } }) => `${code(id)} (${[code(type), ...because.map(plain)].join(', ')})`);
  const said = `${heads[first.kind]} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${first.means}.`;
  return `${said}${approvalFor(group, environment)}`;
}

/** `dojang up` stops at these unless they are named. */
function approvalFor(group: readonly Risk[], environment: string): string {
  if (group.some(({ kind }) => kind !== 'lose' && kind !== 'unprotect')) return '';
  const named = group.map(({ change }) => `--approve ${change.id}`).join(' ');
  return ` \`dojang up\` refuses it without ${code(`--env ${environment} ${named}`)}.`;
}

/** What is wrong, each by itself; what is right, in one line. */
export function verdictLines({ verdicts }: Review): string[] {
  const right = verdicts.filter(({ verdict }) => verdict === 'pass').map((each) => `${nameOf(each)} (${plain(each.right)})`);
  return [...verdicts.flatMap(findingLines), ...(right.length > 0 ? [`✅ ${right.join(', ')}`] : [])];
}

function findingLines(verdict: Verdict): string[] {
  const head = `${verdict.verdict === 'fail' ? '❌' : '⚠️'} ${nameOf(verdict)}`;
  const { shown, more } = firstOf(verdict.findings, shownFindings);
  return [...shown.map((finding) => `${head}: ${findingText(finding)}`), ...(more > 0 ? [`${head}: ${count(more, 'more finding')}`] : [])];
}

function nameOf({ policy }: Verdict): string {
  return policy.replaceAll('-', ' ');
}

function findingText({ message, next }: Finding): string {
  return `**${plain(message)}**; ${plain(next)}`;
}

/** What the totals lack, by reason; what this change is the reason of comes first. */
export function unknownLines({ after: { unknown }, opened }: CostDifference): string[] {
  if (unknown.length === 0) return [];
  const all = `${count(unknown.length, 'line')} could not be priced${opened.length > 0 ? ` (${opened.length} of this change)` : ''}`;
  const summary = `⚠️ ${all} and ${unknown.length === 1 ? 'is' : 'are'} missing from the totals`;
  const groups = [...Map.groupBy(new Set([...opened, ...unknown]), ({ because }) => because)];
  const { shown, more } = firstOf(groups, shownResources);
  const reasons = shown.map(([because, members]) => `- ${namesOf(members)}: ${plain(because)}`);
  return folded(summary, [...reasons, ...(more > 0 ? [`- ${count(more, 'more reason')}`] : [])]);
}

function namesOf(members: CostReport['unknown']): string {
  const { shown, more } = firstOf(members, 3);
  const names = shown.map(({ resource, line }) => `${code(resource.id)}${line ? ` ${plain(line.name)}` : ''}`);
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
