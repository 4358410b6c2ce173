/**
 * A comment that a forge takes, however many resources a change has and whatever they are called.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentOf, reviewText } from '../../../../../lib/cost/review/formats/comment.ts';
import { fitted, githubComment, gitlabComment, jobSummary } from '../../../../../lib/cost/review/formats/fit.ts';
import { shortened } from '../../../../../lib/cost/review/formats/markdown.ts';
import type { Review } from '../../../../../lib/cost/review/review.ts';
import { budget, type Change, machine, other, prices, reviewed, usual, volume } from '../small.ts';

const context = { base: `${'기준'.repeat(200)} (1a2b3c4)`, head: 'the working tree', book: prices };
/** As long as a name can be in a Pulumi program, and each character takes three bytes. */
const koreanName = (index: number) => `${'계약서보관소와임대차계약해설'.repeat(20)}${index}`;
/** Of what is removed; a third of it shows the other lists. */
const many = 10_000;
const fewer = 3_000;
const each = (make: (id: string, index: number) => Change['after'][number], count = fewer) =>
  Array.from({ length: count }, (_, index) => make(koreanName(index), index));
const removed = each((id) => ({ ...volume(), id }), many);
const volumes = removed.slice(0, fewer);
const free = each((id) => other('AWS::EC2::Subnet', { CidrBlock: '10.0.0.0/24' }, id));
const bytes = (text: string) => Buffer.byteLength(text);

/**
 * Markdown whose folded parts are closed, whose tables have their heads, and whose last line is the
 * footer.
 */
function expectWhole(text: string): void {
  expect(text.match(/^<details>$/gm)?.length ?? 0).toBe(text.match(/^<\/details>$/gm)?.length ?? 0);
  expect(text.trimEnd().split('\n').at(-1)).toMatch(/^<sub>.*<\/sub>$/);
  expect(text).not.toMatch(/\\\n\n/);
  expect(text).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
}

function expectTaken(reviews: readonly Review[]): { readonly comment: string; readonly file: string } {
  const [comment, file] = [commentOf(reviews, context), reviewText(reviews, context)];
  expect(comment.length).toBeLessThanOrEqual(65_536);
  expect(bytes(comment)).toBeLessThanOrEqual(262_144);
  expect(bytes(file)).toBeLessThanOrEqual(1_048_576);
  for (const text of [comment, file]) expectWhole(text);
  return { comment, file };
}

const tagged = { requiredTags: ['service', 'owner'] };

describe('ten thousand resources with long Korean names', () => {
  it.each<[string, Change, RegExp]>([
    [
      'removed',
      { before: [...usual, ...removed], after: usual },
      /⛔ \*\*loses\*\* .* and 9990 more: .* each of these 10000 is approved by name/,
    ],
    ['added', { after: [...usual, ...volumes] }, /\| 2992 smaller changes/],
    ['changed', { before: volumes, after: each((id) => ({ ...volume({ Size: 60 }), id })) }, /\| 2992 smaller changes/],
    [
      'made anew',
      { before: [...usual, ...free], after: [...usual, ...free.map((one) => ({ ...one, properties: { CidrBlock: '10.0.1.0/24' } }))] },
      /ℹ️ replaces .* and 2997 more/,
    ],
    ['unprotected', { before: volumes, after: volumes.map(({ retained: _, ...one }) => one) }, /⚠️ \*\*unprotects\*\* .* and 2990 more/],
    [
      'left behind',
      { before: volumes, after: volumes, moved: { regions: { aws: 'us-east-1' } } },
      /⛔ \*\*leaves behind\*\* .* and 2990 more/,
    ],
    [
      'stopped',
      { before: each((id) => ({ ...machine(), id })), after: each((id) => ({ ...machine({ InstanceType: 'm7g.xlarge' }), id })) },
      /⚠️ \*\*stops\*\* .* and 2990 more/,
    ],
    ['without a model', { after: each((id, index) => other(`Shop::Robot::Arm${index}`, {}, id)) }, /2990 more reasons/],
    [
      'without a price',
      { after: each((id, index) => ({ ...machine({ InstanceType: `m${index}z.huge` }), id })) },
      /more change.? that could not be priced/,
    ],
    [
      'against a policy',
      { after: volumes.map((one) => ({ ...one, properties: { ...one.properties, Tags: [] } })), policies: tagged },
      /2990 more findings/,
    ],
    ['of a forbidden type', { after: volumes, policies: { forbiddenTypes: ['AWS::EC2::Volume'] } }, /2990 more findings/],
    ['with a budget each', { after: each((id) => ({ ...budget(5), id })) }, /budget crossed/],
  ])('%s: the comment says how many more there are, the file names what it has room for', (_, change, said) => {
    const { comment, file } = expectTaken([reviewed(change)]);
    expect(comment).toMatch(said);
    expect(file.length).toBeGreaterThanOrEqual(comment.length);
  });

  it('that change in ten thousand properties each', () => {
    const wide = (value: number) => Object.fromEntries(each((name) => name as never, 500).map((name) => [String(name), value]));
    const [before, after] = [1, 2].map((value) => [
      ...usual,
      other('AWS::EC2::Subnet', { CidrBlock: `10.0.${value}.0/24`, ...wide(value) }),
    ]);
    const { comment } = expectTaken([reviewed({ before, after: after ?? [] })]);
    expect(comment).toContain('ℹ️ replaces');
  });

  it('in two hundred environments: each is named as long as there is room, and how many more', () => {
    const review = reviewed({ before: [...usual, ...volumes.slice(0, 50)], after: usual });
    const reviews = Array.from({ length: 200 }, (_, index) => ({ ...review, environment: koreanName(index) }));
    const { comment } = expectTaken(reviews);
    expect(comment).toContain('- and 180 more environments');
    expect(comment).toContain('`dojang review --env <name> --output review.md` has room for more.');
    expect(comment).toContain('This is cut here: there is more than fits.');
  });
});

it('a file that is too long names what has everything, and one environment needs no overview', () => {
  const { comment, file } = expectTaken([reviewed({ before: [...usual, ...removed], after: usual })]);
  expect(file).toContain('This is cut here: there is more than fits. `dojang review --format json --output review.json` has everything.');
  expect(file).not.toContain('--output review.md');
  for (const text of [comment, file]) expect(text.match(/^(- prod|### Cost of prod): /gm)).toEqual(['### Cost of prod: ']);
});

it('the file has whole what the comment shortens', () => {
  const few = volumes.slice(0, 40);
  const { comment, file } = expectTaken([reviewed({ before: [...usual, ...few], after: usual })]);
  const name = few.at(-1)?.id ?? '';
  expect([comment.includes(name), file.includes(name)]).toEqual([false, true]);
  expect(comment).toContain('Long lists are shortened here');
  expect(comment).toContain('and 30 more');
  expect(file).toContain('<summary>Every change</summary>');
});

it('says nothing of a longer text when nothing is shortened', () => {
  const { comment, file } = expectTaken([reviewed({ after: [volume()] })]);
  expect(comment).toBe(file);
  expect(comment).not.toContain('shortened');
});

it('GitLab takes more of the components than GitHub does', () => {
  const review = reviewed({ after: each((id) => ({ ...volume(), id: id.slice(0, 30) + id.slice(-6) }), 2000) });
  const [github, gitlab] = [githubComment, gitlabComment].map((limit) => commentOf([review], context, limit).length);
  expect(github).toBeLessThanOrEqual(65_536);
  expect(gitlab).toBeGreaterThan(100_000);
  expect(gitlab).toBeLessThanOrEqual(1_000_000);
});

describe('the last resort', () => {
  const block = fc.oneof(
    fc.string({ maxLength: 200 }).map((text) => text.replace(/\s/g, ' ')),
    fc.constant(['<details>', '<summary>x</summary>', '', '| a |', '| :- |', '| b |', '', '</details>'].join('\n')),
    fc.constant('a\\\nb\\\nc'),
  );
  it('never leaves a folded part open, and always says its end', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 60 }), fc.integer({ min: 100, max: 4000 }), (blocks, most) => {
        const text = fitted(blocks.join('\n\n'), 'the end\n', { most, sizeOf: jobSummary.sizeOf });
        expect(bytes(text)).toBeLessThanOrEqual(most);
        expect(text.endsWith('the end\n')).toBe(true);
        const lines = text.split('\n');
        expect(lines.filter((line) => line === '<details>')).toHaveLength(lines.filter((line) => line === '</details>').length);
      }),
    );
  });

  it('cuts a name between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 5, max: 100 }), (text, most) => {
        const cut = shortened(text, most);
        expect(cut.length).toBeLessThanOrEqual(Math.max(most, 1));
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
    expect(shortened('🙇🏻‍♂️'.repeat(30), 20)).toBe('🙇🏻‍♂️🙇🏻‍♂️…');
  });
});
