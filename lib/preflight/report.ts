/** What is shown of a preflight: grouped by subject, one line for each check. */
import { tableRows } from '../text/table.ts';
import { counted } from '../values/counted.ts';
import type { CheckResult, State, Subject } from './check.ts';

const groups: readonly (readonly [Subject, string])[] = [
  ['aws', 'aws'],
  ['gcp', 'gcp'],
  ['service', 'service'],
  ['here', 'this machine'],
];

const marks: Readonly<Record<State, string>> = { ok: '✓', warning: '!', fault: '✗', unknown: '-' };
/** A terminal's width: a detail that does not fit gets a line of its own. */
const columns = 80;

export function reportLines(results: readonly CheckResult[]): string[] {
  const lines = tableRows(
    [{}, { gap: 1 }, { gap: 3 }],
    results.map(({ state, title, detail }) => [marks[state], title, detail]),
  );
  const shown = results.map((result, index) => ({ subject: result.subject, lines: resultLines(result, lines[index] ?? '') }));
  const parts = groups.flatMap(([subject, heading]) => {
    const ofSubject = shown.filter((each) => each.subject === subject);
    return ofSubject.length === 0 ? [] : [heading, ...ofSubject.flatMap((each) => each.lines), ''];
  });
  return [...parts, `preflight: ${summary(results)}`];
}

/** One check: its line, and below a fault or a warning what to do. */
function resultLines({ state, title, detail, remedy }: CheckResult, line: string): string[] {
  const shown = line.length <= columns ? [line] : [`  ${marks[state]} ${title}`, `      ${detail}`];
  return remedy ? [...shown, `      Next: ${remedy}`] : shown;
}

/** One check as a note of `up`, which has a mark of its own: its line, and below it what to do. */
export function noteText({ subject, title, detail, remedy }: CheckResult): string {
  return [`${nameOf({ subject, title })}   ${detail}`, ...(remedy ? [`      Next: ${remedy}`] : [])].join('\n');
}

/** A check by its whole name, like `gcp credentials`. */
export function nameOf({ subject, title }: Pick<CheckResult, 'subject' | 'title'>): string {
  return subject === 'aws' || subject === 'gcp' ? `${subject} ${title}` : title;
}

/** `18 of 18 checks passed`, or `2 of 19 failed, 1 warning, 3 could not be made`. */
export function summary(results: readonly CheckResult[]): string {
  const count = (state: State) => results.filter((each) => each.state === state).length;
  const [faults, warnings, unknowns] = [count('fault'), count('warning'), count('unknown')];
  const parts = [
    faults > 0 ? `${faults} of ${results.length} failed` : `${count('ok')} of ${results.length} checks passed`,
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(unknowns > 0 ? [`${unknowns} could not be made`] : []),
  ];
  return parts.join(', ');
}
