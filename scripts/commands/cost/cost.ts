/**
 * `dojang cost`: what an environment costs a month, or a template, folder or preview of any
 * project.
 */
import { unknownRegion } from '../../../lib/cost/component.ts';
import { leftOut } from '../../../lib/cost/estimate/coverage.ts';
import { estimateCost } from '../../../lib/cost/estimate/estimate.ts';
import type { CostReport } from '../../../lib/cost/estimate/report.ts';
import type { Assumption } from '../../../lib/cost/estimate/traffic.ts';
import { recorded } from '../../../lib/cost/estimate/usage.ts';
import { reportData } from '../../../lib/cost/render/json.ts';
import { reportMarkdown } from '../../../lib/cost/render/markdown.ts';
import { reportLines } from '../../../lib/cost/render/terminal.ts';
import type { Absent } from '../../../lib/cost/sources/template.ts';
import { wrapped } from '../../../lib/text/wrap.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { EstimateInputs } from '../../runtime/cost/inputs.ts';
import type { Source } from '../../runtime/cost/sources.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { costAnswer } from './answer.ts';

export interface CostOptions extends EstimateInputs {
  /** File of what is used. */
  readonly usageFile: string | undefined;
  /** What the service's traffic model is computed from; none where it was not used. */
  readonly assumptions: readonly Assumption[];
  readonly format: 'text' | 'markdown';
}

export function cost(
  { title, resources, others, absent = [] }: Source,
  { usage: used, given, usageFile, assumptions, format, book, rate, day }: CostOptions,
): Outcome<DataOf<typeof costAnswer>> {
  const { usage, asked } = recorded(used);
  const report = estimateCost(resources, book, usage, day, rate);
  const unused = given.filter((entry) => !asked.has(entry));
  const notes = [
    ...leftOutNote(leftOut(report)),
    ...othersNote(others),
    ...absentNote(absent),
    ...unusedNote(unused, usageFile),
    ...regionNote(report),
    ...usageNote(assumptions),
    ...missingUsageNote(lacksUsage(report)),
  ];
  const data = { title, ...reportData(report), others, absent, unused, leftOut: leftOut(report), assumptions };
  if (format === 'markdown') return { format: costAnswer, data, lines: [reportMarkdown(report, notes)] };
  return {
    format: costAnswer,
    data,
    lines: [`${title}: a month of 730 hours, USD`, '', ...reportLines(report), ...notes.flatMap(noteLines)],
  };
}

/** Something to know about a report: a sentence, and what it is about. */
interface Note {
  /** How a terminal marks it: `!` is for the reader to do something about. */
  readonly mark: '-' | '!' | '';
  readonly text: string;
  readonly items: readonly string[];
}

function noteLines({ mark, text, items }: Note): string[] {
  const head = mark === '' ? wrapped(text, 2) : [`  ${mark} ${text}`];
  return ['', ...head, ...items.flatMap(itemLines)];
}

/** A member of a list in lines of a terminal, those after the first indented further. */
function itemLines(item: string): string[] {
  return wrapped(item, 6).map((line, at) => (at === 0 ? line.slice(2) : line));
}

function othersNote(others: readonly string[]): Note[] {
  const items = [...Map.groupBy(others, (type) => type)].map(([type, its]) => `${its.length} x ${type}`);
  return items.length === 0 ? [] : [{ mark: '-', text: 'of providers that the book has no prices of', items }];
}

/** What a condition leaves out, so that a sum of few resources is not taken for one of all. */
function absentNote(absent: readonly Absent[]): Note[] {
  const items = [...Map.groupBy(absent, ({ condition }) => condition)].map(([condition, its]) => {
    const more = its.length > shownAbsent ? ` and ${its.length - shownAbsent} more` : '';
    const names = its.slice(0, shownAbsent).map(({ id }) => id);
    return `${condition}: ${names.join(', ')}${more}`;
  });
  return items.length === 0 ? [] : [{ mark: '-', text: 'not part of it, as these conditions are false with the defaults', items }];
}

const shownAbsent = 10;

/** What no line says though it is billed: most do not have it, and docs/cost.md says why. */
function leftOutNote(items: readonly string[]): Note[] {
  return items.length === 0 ? [] : [{ mark: '-', text: 'billed too where it is used, and without a line here (docs/cost.md)', items }];
}

function unusedNote(unused: readonly string[], file: string | undefined): Note[] {
  if (unused.length === 0) return [];
  return [{ mark: '!', text: `${file} has entries that nothing here asks for`, items: unused }];
}

function lacksUsage({ unknown }: CostReport): boolean {
  return unknown.some(({ line }) => line && line.basis !== 'fixed' && line.price.item !== '?' && line.quantity === undefined);
}

/** How to say what the usage file does not. */
function missingUsageNote(missing: boolean): Note[] {
  const items = ['usage: { AWS::S3::Bucket: { stored-gb: 5 } }'];
  return missing ? [{ mark: '!', text: '--usage takes a file of what is used: version: 1 and lines like', items }] : [];
}

/** Only what is billed by the region needs one. */
function regionNote({ resources }: CostReport): Note[] {
  const lines = resources.flatMap((cost) => cost.lines);
  const lost = lines.some(({ price, quantity }) => price.region === unknownRegion && !quantity?.eq('0'));
  return lost ? [{ mark: '!', text: 'it does not say where it is deployed to; name the region with --region', items: [] }] : [];
}

function usageNote(assumptions: readonly Assumption[]): Note[] {
  const users = assumptions.find(({ name }) => name === 'dailyUsers');
  if (!users) return [];
  const text = `what depends on use is for ${users.value} users a day, as the service is designed; --usage takes your own, --json says what it is computed from`;
  return [{ mark: '', text, items: [] }];
}
