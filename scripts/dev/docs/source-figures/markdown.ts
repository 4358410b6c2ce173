/**
 * `docs/source-figures.md`: every figure with how it comes about, and the prices that are in it.
 */
import { markdownTable } from 'markdown-table';
import { type Price, sourceText } from '../../../../lib/cost/prices/price.ts';
import { workingOf } from '../../../../lib/cost/render/format.ts';
import { usdText } from '../../../../lib/values/money.ts';
import type { Figure, Verdict } from './figures/figure.ts';
import { type Reckoned, shown } from './figures/reckon.ts';
import type { Section } from './figures/section.ts';
import type { Bill } from './manual-deploy/bill.ts';
import type { Vendor } from './manual-deploy/vendors.ts';
import { choices, type Load } from './options/loads.ts';
import type { SourceFigures } from './source-figures.ts';

const marks: Record<Verdict, string> = { follows: '✓', 'does not follow': '✗', 'nothing to derive it from': '·' };

export function sourceFiguresMarkdown({ sections, loads, vendors, bill }: SourceFigures, since: string): string {
  const prices = numbered(sections, vendors);
  const parts = [
    introduction(sections, since),
    ...sections.map((section) => sectionPart(section, prices)),
    loadPart(loads),
    vendorPart(vendors),
    billPart(bill),
    pricePart(prices),
  ];
  return `${parts.join('\n\n')}\n`;
}

function introduction(sections: readonly Section[], since: string): string {
  const verdicts = Map.groupBy(
    sections.flatMap(({ figures }) => figures),
    ({ verdict }) => verdict,
  );
  const count = (verdict: Verdict) => verdicts.get(verdict)?.length ?? 0;
  return `# The figures of the source documents

Written by \`npm run docs\` from the documents' own inputs and the committed price book; a test says when it is old. What the planned service costs
is said by \`dojang cost\`, and what else it could be by \`dojang cost compare\` ([cost.md](cost.md)).

- ✓ ${count('follows')} figures follow from what the document says: rounded up or down to its last digit, or to the step that is named, they are what it states. A bound
  ("before week 8") is kept.
- ✗ ${count('does not follow')} do not, each with the reason. A price that happens to give the number and is that of another thing derives nothing.
- · ${count('nothing to derive it from')} are targets or assumptions that nothing is said to derive from, or figures that the document leaves out.

"Seoul" is the same thing in the service's own regions at the prices of the book, the numbers in brackets are those of the last section. A month has
730 hours where the document does not say 720. Credits begin on ${since}; discounts for sustained use are earned within each calendar month.`;
}

type Numbered = ReadonlyMap<string, { readonly number: number; readonly price: Price }>;

/** Every price once, in the order in which it is used. */
function numbered(sections: readonly Section[], vendors: readonly Vendor[]): Numbered {
  const figures = sections.flatMap((section) => section.figures);
  const used = [...figures.flatMap(({ derived, today }) => [derived, today]), ...vendors.flatMap(({ stated, today }) => [stated, today])];
  const prices = used.flatMap((each) => each?.prices ?? []);
  const once = [...new Map(prices.map((price) => [nameOf(price), price]))];
  return new Map(once.map(([name, price], index) => [name, { number: index + 1, price }]));
}

const nameOf = ({ provider, service, region, item }: Price) => `${provider} ${service} ${region} ${item}`;

function sectionPart({ title, unit, figures, notes }: Section, prices: Numbered): string {
  const rows = figures.map((each) => figureRow(each, prices));
  const table = markdownTable([['', unit, 'stated', 'from its inputs', 'Seoul', 'how, and where it is off'], ...rows], {
    align: ['l', 'l', 'r', 'r', 'r', 'l'],
    alignDelimiters: false,
  });
  return [`## ${escaped(title)}`, '', table, ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${escaped(note)}`)] : [])].join('\n');
}

function figureRow({ subject, stated, verdict, derived, today, near, off }: Figure, prices: Numbered): string[] {
  const how = [
    ...(derived && verdict === 'follows' ? [derived.text] : []),
    ...(derived && verdict !== 'follows' ? [`${derived.text} = ${shown(derived.value)}`] : []),
    ...(near === undefined ? [] : [near]),
    ...off,
  ];
  return [
    marks[verdict],
    escaped(subject),
    stated,
    `${shown(derived?.value)}${references(derived, prices)}`,
    `${shown(today?.value)}${references(today, prices)}`,
    escaped(how.join('; ')),
  ];
}

function references(reckoned: Reckoned | undefined, prices: Numbered): string {
  const numbers = new Set((reckoned?.prices ?? []).flatMap((price) => prices.get(nameOf(price))?.number ?? []));
  return numbers.size === 0 ? '' : ` \\[${[...numbers].join(', ')}\\]`;
}

function loadPart(loads: readonly Load[]): string {
  const rows = loads.map(({ requests, users, choices: its }) => [
    requests.toFixed(),
    users ?? 'one GPU that is always busy',
    ...[...its.values()].map((usd) => usdText(usd)),
  ]);
  return `## A GPU by how much it is asked

USD a month at 3 s a request; the time to start and to wait, and peaks, are not in it.

${markdownTable([['requests a day', 'daily users', ...choices], ...rows], { align: ['r', 'l', ...choices.map(() => 'r')], alignDelimiters: false })}`;
}

function vendorPart(vendors: readonly Vendor[]): string {
  const rows = vendors.map(({ name, credit, stated, today, owed, note }) => [
    name,
    shown(credit),
    shown(stated?.value),
    shown(today?.value),
    shown(owed),
    escaped(note),
  ]);
  const head = ['USD', 'credit', 'stated a month', 'book a month', '12 weeks beyond the credit', ''];
  return `## manual-deploy-two-clouds: ten vendors of a GPU

${markdownTable([head, ...rows], { align: ['l', 'r', 'r', 'r', 'r', 'l'], alignDelimiters: false })}`;
}

function billPart({ lines, total, stated, leftOut, discounts }: Bill): string {
  const rows = lines.map(({ provider, resource, line, stated: counted }) => [
    `${provider} ${escaped(`${resource} ${line.name}`)}`,
    counted ? usdText(counted) : '',
    usdText(line.amount),
    escaped(line.amount ? workingOf(line) : (line.reason ?? 'is not known')),
  ]);
  const sum = ['**sum**', `**${usdText(stated)}**`, `**${usdText(total)}**`, ''];
  return `## The true bill of prod beside what manual-deploy-two-clouds counted

USD a month. The document left out ${usdText(leftOut)} of lines and ${usdText(discounts)} of discounts.

${markdownTable([['', 'stated', 'true', 'quantity and price'], ...rows, sum], { align: ['l', 'r', 'r', 'l'], alignDelimiters: false })}`;
}

function pricePart(prices: Numbered): string {
  const rows = [...prices.values()].map(({ number, price }) => [
    String(number),
    `${price.provider} ${escaped(price.item)}`,
    `${price.tiers[0]?.usd.toFixed() ?? '-'} / ${price.unit}`,
    `${escaped(sourceText(price))}${price.confidence === 'high' ? '' : `, ${price.confidence} confidence`}`,
  ]);
  return `## Prices in it\n\n${markdownTable([['', 'price of', 'USD', 'from'], ...rows], { align: ['r', 'l', 'l', 'l'], alignDelimiters: false })}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\|<>*_`[\]]/g, '\\$&').replaceAll('\n', ' ');
}
