/**
 * The report of the checks for the terminal: grouped by where they were made from, one line each.
 */
import { tableRows } from '../text/table.ts';
import { counted } from '../values/counted.ts';
import type { CheckResult, From } from './check.ts';

const groups: readonly (readonly [From, string])[] = [
  ['aws', 'from the aws host'],
  ['gcp', 'from the gcp host'],
  ['external', 'from the internet'],
  ['operator', 'from here'],
];

export function reportLines(results: readonly CheckResult[]): string[] {
  const parts = groups.flatMap(([from, heading]) =>
    groupLines(
      results.filter((each) => each.from === from),
      heading,
    ),
  );
  return [...parts, summary(results)];
}

function groupLines(results: readonly CheckResult[], heading: string): string[] {
  if (results.length === 0) return [];
  const tried = results.filter(({ state }) => state !== 'untried');
  const lines = tableRows(
    [{}, { gap: 1 }, { gap: 3 }],
    tried.map(({ state, title, detail }) => [marks[state], title, detail]),
  );
  const untried = results.length - tried.length;
  const rest = untried > 0 ? [`  · ${untried} more not tried`] : [];
  return [heading, ...tried.flatMap((result, index) => resultLines(result, lines[index] ?? '')), ...rest, ''];
}

/** A terminal's width: a detail that does not fit gets a line of its own. */
const columns = 80;

const marks = { ok: '✓', warning: '!', failed: '✗', untried: '·' } as const satisfies Record<CheckResult['state'], string>;

function resultLines({ state, title, detail, next }: CheckResult, line: string): string[] {
  const text = line.length <= columns ? [line] : [`  ${marks[state]} ${title}`, `      ${detail}`];
  return state !== 'ok' && next ? [...text, `      Next: ${next}`] : text;
}

/**
 * `doctor: 31 checks, all passed`, or `doctor: 3 of 31 failed`; warnings are named after either.
 */
export function summary(results: readonly CheckResult[]): string {
  const failures = results.filter(({ state }) => state === 'failed').length;
  const untried = results.filter(({ state }) => state === 'untried').length;
  const warnings = results.filter(({ state }) => state === 'warning').length;
  const warned = warnings > 0 ? `, ${counted(warnings, 'warning')}` : '';
  if (failures + untried === 0) return `doctor: ${counted(results.length, 'check', 'checks, all')} passed${warned}`;
  return `doctor: ${failures} of ${results.length} failed${untried > 0 ? `, ${untried} not tried` : ''}${warned}`;
}
