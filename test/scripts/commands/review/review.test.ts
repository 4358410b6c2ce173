/** Which environments are judged, and by whose policies. */
import { expect, it } from 'vitest';
import type { Environment } from '../../../../lib/config/environment.ts';
import { policies } from '../../../../lib/config/schema/policies.ts';
import { parseBook } from '../../../../lib/cost/prices/price-book.ts';
import { bookFiles } from '../../../../lib/cost/prices/price-book-schema.ts';
import { type Prices, priceNews } from '../../../../lib/cost/review/change/price-news.ts';
import { hostedModels } from '../../../../lib/cost/sources/hosted-model.ts';
import type { PlannedResource } from '../../../../lib/inventory/resource.ts';
import type { Configuration } from '../../../../scripts/commands/review/environment-review.ts';
import { type ReviewOptions, review } from '../../../../scripts/commands/review/review.ts';
import { big, book, price, usage } from '../../../lib/cost/books.ts';
import { day } from '../../../lib/cost/day.ts';
import { budget, machine, prices, usual } from '../../../lib/cost/review/small.ts';
import { checked } from '../../checked.ts';

const options: ReviewOptions = { environments: [], format: 'markdown', output: undefined };
const strict = { models: [], policies: policies.parse({ monthlyLimit: '100 USD' }), credits: [] };

interface State {
  readonly planned?: readonly PlannedResource[];
  readonly configured: boolean;
}

function atRevision(name: string, { planned, configured }: State): Configuration {
  const of = { service: 'shop', environment: 'prod', account: '123456789012', project: 'shop' };
  const regions = { aws: 'ap-northeast-2', gcp: 'asia-northeast3' };
  const text = planned && JSON.stringify({ version: 1, of, regions, resources: planned });
  const revision = { name, environments: planned ? ['prod'] : [], text: () => text, config: () => undefined, prices: () => [] };
  return { revision, configured: () => (configured ? strict : undefined) };
}

const ports = { book: prices, rate: undefined, day, usage: usage({}), write: () => undefined, comments: undefined };

const outcomeOf = (base: State, head: State) =>
  review(options, { ...ports, base: atRevision('main', base), head: atRevision('change', head) });

const bigger = [...usual, machine({ InstanceType: 'm7g.xlarge' })];

it('judges a plan by the policies of its environment', async () => {
  const { failure } = await outcomeOf({ planned: usual, configured: true }, { planned: bigger, configured: true });
  expect(failure).toMatchObject({ code: 'cost-policy', message: 'this change is refused by monthly-limit of prod' });
});

it.each([true, false])('takes no plan whose environment is not configured any more, whether it was before: %s', async (configured) => {
  const outcome = outcomeOf({ planned: usual, configured }, { planned: bigger, configured: false });
  await expect(outcome).rejects.toMatchObject({
    code: 'not-configured',
    message: 'change has plans/prod.json, but no environment prod in dojang.config.ts',
    next: expect.stringContaining('remove plans/prod.json'),
  });
});

it('says that a model is hosted by a provider without prices', async () => {
  const ai = { engine: 'endpoint', endpoint: 'https://models.example.com/v1', model: 'llama' } as const;
  const before = atRevision('main', { planned: usual, configured: true });
  const head = atRevision('change', { planned: usual, configured: true });
  const after = { ...head, configured: () => ({ ...strict, models: hostedModels({ ai } as Environment) }) };
  const { lines = [] } = checked(await review(options, { ...ports, base: before, head: after }));
  expect(lines.join('\n')).toMatch(/^### Cost of prod: a change that could not be priced$/m);
  expect(lines.join('\n')).toContain('- `model` Input tokens, `model` Output tokens: no prices of models.example.com, which runs llama');
  expect(lines.join('\n')).toContain('⚠️ monthly limit: ');
});

it('lets an environment go with its plan', async () => {
  const { failure, lines } = await outcomeOf({ planned: usual, configured: true }, { configured: false });
  expect(failure).toBeUndefined();
  expect(lines?.join('\n')).toMatch(/^### Cost of prod: -79\.00 USD a month.* ⛔ loses a machine, data$/m);
});

const pricesOf = (its: typeof prices, krw = '1400'): Prices => ({
  files: [...bookFiles(its.prices), { name: 'exchange.json', text: krw }],
  book: parseBook(bookFiles(its.prices)),
  rate: { krwPerUsd: big(krw), asOf: '2026-11-01', source: 'a test' },
});
const dearer = book(
  ...prices.prices.filter(({ item }) => item !== 'm7g.large'),
  price('aws ec2 ap-northeast-2', 'm7g.large', 'hour', { usd: '0.11' }),
  price('aws ec2 ap-northeast-2', 'm8g.large', 'hour', { usd: '0.12' }),
);

async function withNewPrices(before: Prices, after: Prices, planned: readonly PlannedResource[]) {
  const news = priceNews(before, after);
  const renewed = news && { news, before: before.book };
  const [base, head] = [atRevision('main', { planned: usual, configured: true }), atRevision('change', { planned, configured: true })];
  const outcome = checked(await review(options, { ...ports, book: after.book ?? prices, base, head, ...(renewed && { renewed }) }));
  return { text: outcome.lines?.join('\n') ?? '', data: outcome.data };
}

it('names what a change does to the prices, and how much of the bill is that', async () => {
  const { text, data } = await withNewPrices(pricesOf(prices), pricesOf(dearer, '1450'), [
    ...usual,
    machine({ InstanceType: 'm8g.large' }),
  ]);
  // 730 hours at 0.01 more; the second machine is the change itself.
  expect(text).toContain('New prices alone change what was there before by +7.30 (79.00 → 86.30).');
  expect(text).toMatch(/^### Cost of prod: \+88\.60 USD a month, and what could not be priced; new prices \+7\.30 USD a month/m);
  expect(text).toContain(
    'ℹ️ **This change renews prices** (`prices/aws/ap-northeast-2.json`, `prices/exchange.json`): 2 prices with another amount; 1 USD = 1400 → 1450 KRW.',
  );
  expect(text).toContain('- aws ec2 ap-northeast-2 m7g.large: 0.1 / h → 0.11 / h');
  expect(text).toContain('- aws ec2 ap-northeast-2 m8g.large: new → 0.12 / h');
  expect(data).toMatchObject({ prices: { changed: 2 }, environments: [{ byPrices: { before: '79', change: '7.3' } }] });
});

it('says in the headline that only prices are new, and shows them above the table', async () => {
  const { text } = await withNewPrices(pricesOf(prices), pricesOf(dearer), usual);
  expect(text).toMatch(/^### Cost of prod: no change of the plan; new prices \+7\.30 USD a month$/m);
  expect(text).toContain('79.00 → 86.30 USD a month. New prices alone change what was there before by +7.30 (79.00 → 86.30).');
  expect(text.indexOf('This change renews prices')).toBeLessThan(text.indexOf('| USD a month'));
  expect(text).not.toContain('leaves the bill as it is');
});

it.each([
  ['a price that is gone', dearer.prices.filter(({ item }) => item !== 'm7g.large'), 'new prices that leave something without a price'],
  ['prices of what is not planned', [...prices.prices, ...dearer.prices.filter(({ item }) => item === 'm8g.large')], undefined],
])('%s', async (_, its, said) => {
  const { text } = await withNewPrices(pricesOf(prices), pricesOf(book(...its)), usual);
  const headline = text.split('\n').find((line) => line.startsWith('### ')) ?? '';
  expect(headline).toContain(said ?? 'Cost of prod: no change');
  expect(headline.includes('new prices')).toBe(said !== undefined);
});

it('judges budgets and credits by the prices of before and those of now', async () => {
  const news = priceNews(pricesOf(prices), pricesOf(dearer));
  const planned = [...usual, budget(82)];
  const credits = [{ provider: 'aws' as const, usd: big('700'), since: '2026-11-01' }];
  const at = (name: string): Configuration => ({
    ...atRevision(name, { planned, configured: true }),
    configured: () => ({ ...strict, credits }),
  });
  const given = { ...ports, book: dearer, base: at('main'), head: at('change') };
  const { lines = [], data } = checked(await review(options, { ...given, ...(news && { renewed: { news, before: prices } }) }));
  const text = lines.join('\n');
  expect(text).toContain('⚠️ budget crossed: **AWS at 86.30 USD a month passes 100 % of its budget of 82.00 USD**');
  expect(text).toMatch(/Credit lasts: AWS until 2027-\d\d-\d\d → \*\*until 2027-\d\d-\d\d\*\*/);
  const [{ runways: [runway] = [] } = {}] = data.environments;
  expect((runway?.before ?? '') > (runway?.after ?? '')).toBe(true);
});

it('says that earlier prices could not be read, and nothing of prices that stay', async () => {
  const unreadable = { files: [{ name: 'aws/ap-northeast-2.json', text: '{ "version": 0 }' }], book: undefined, rate: undefined };
  const { text } = await withNewPrices(unreadable, pricesOf(prices), usual);
  expect(text).toContain('the prices of before cannot be read by this dojang');
  expect((await withNewPrices(pricesOf(prices), pricesOf(prices), usual)).text).not.toContain('prices/');
});

it('takes a stack that is renamed, with a line that has no price, for no change of the bill', async () => {
  const huge = machine({ InstanceType: 'p5.48xlarge' });
  const base = atRevision('main', { planned: [huge], configured: true });
  const head = atRevision('change', { planned: [{ ...huge, stack: 'shop-hosts' }], configured: true });
  const { lines = [] } = checked(await review(options, { ...ports, base, head }));
  expect(lines.join('\n')).toMatch(/^### Cost of prod: no change · ⛔ loses a machine$/m);
});
