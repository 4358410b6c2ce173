/** What a reviewer reads. */
import { describe, expect, it } from 'vitest';
import { commentOf, marker } from '../../../../lib/cost/review/comment.ts';
import { code, plain } from '../../../../lib/cost/review/markdown.ts';
import type { Review } from '../../../../lib/cost/review/review.ts';
import { budget, type Change, machine, other, prices, reviewed, usual, volume } from './small.ts';

const comment = (change: Change) => textOf([reviewed(change)]);
const textOf = (reviews: readonly Review[]) => commentOf(reviews, { base: 'main (1a2b3c4)', head: 'the working tree', book: prices });
const headline = (text: string) => text.split('\n').find((line) => line.startsWith('### '));

describe('the comment', () => {
  it('says the total first, then each cloud, then what may be lost and what the policies say; the rest is folded', () => {
    const asked = { monthlyLimit: '200 USD', changeLimit: { amount: '50 USD', percent: 50 } };
    expect(
      comment({
        before: [...usual, budget(100)],
        after: [machine({ InstanceType: 'm7g.xlarge' }), volume(), budget(100)],
        policies: asked,
      }),
    ).toMatchInlineSnapshot(`
      "<!-- dojang review -->

      ### Cost of prod: +73.00 USD a month (KRW 73,000) · ❌ refused by policy

      80.00 → 153.00 USD a month. Credit lasts: AWS until 2027-07-25 → **until 2027-03-20**.

      | USD a month                            |       now |       then |     change |
      | :------------------------------------- | --------: | ---------: | ---------: |
      | **AWS**                                | **80.00** | **153.00** | **+73.00** |
      | \`Host\` Machine: m7g.large → m7g.xlarge |     73.00 |     146.00 |     +73.00 |
      | **Total**                              | **80.00** | **153.00** | **+73.00** |

      ⚠️ **stops** \`Host\` (\`AWS::EC2::Instance\`, InstanceType): stops and starts again: 1 to 2 minutes down, its disks stay attached.

      ❌ change limit: **+73.00 USD a month is more than 50 USD**; split the change, or raise policies.changeLimit in the same change\\
      ❌ change limit: **+73.00 USD is 91.3 % of 80.00, more than 50 %**; split the change, or raise policies.changeLimit in the same change\\
      ⚠️ budget crossed: **AWS at 153.00 USD a month passes 100 % of its budget of 100.00 USD**; plan something smaller, or raise the budget of that cloud in the same change\\
      ✅ monthly limit (153.00 of 200 USD)

      <details>
      <summary>Every component after the change: 4 lines, price, source and date</summary>

      | cloud | component | price | source | quantity | USD a month |
      | :- | :- | :- | :- | -: | -: |
      | AWS | \`Host\` Machine | m7g.xlarge: 0.2 / h | a test, 2026-11 | 730 h | 146.00 |
      | AWS | \`Host\` Root disk storage | gp3 storage: 0.1 / GB-month | a test, 2026-11 | 10 GB-month | 1.00 |
      | AWS | \`Host\` Internet traffic out | internet out: 0.1 / GB | a test, 2026-11 | 10 GB (usage) | 1.00 |
      | AWS | \`Data\` Storage | gp3 storage: 0.1 / GB-month | a test, 2026-11 | 50 GB-month | 5.00 |

      Left out: 1 resource of types that cost nothing by themselves.

      </details>

      <sub>\`the working tree\` compared with \`main (1a2b3c4)\` · prices as of 2026-11 · 1 USD = 1000 KRW (2026-11-01) · plans only: no cloud was asked</sub>
      "
    `);
  });

  it('says when nothing changes', () => {
    const text = comment({ after: usual });
    expect(headline(text)).toBe('### Cost of prod: no change');
    expect(text).toContain('leaves the bill as it is and puts nothing at risk');
  });

  it('never shows an unknown amount as nothing', () => {
    const text = comment({ after: [...usual, other('AWS::EC2::Instance', { InstanceType: 'm99.huge' }, 'Huge')] });
    expect(headline(text)).toBe('### Cost of prod: +1.00 USD a month (KRW 1,000), and what could not be priced');
    expect(text).toMatch(/\| `Huge` Machine, new +\| +\| +- \| +- \|/);
    expect(text).toContain('no price of aws ec2 m99.huge in ap-northeast-2');
  });

  it('names a type that it has no model of', () => {
    expect(comment({ after: [...usual, other('Shop::Rental::Forklift')] })).toContain('`Other`: no cost model for Shop::Rental::Forklift');
  });

  it('sums a resource that goes as a whole, and every environment has a section', () => {
    const text = textOf([reviewed({ after: [volume()] }), reviewed({ before: [], after: usual })]);
    expect(text.match(/^### Cost of prod: .*$/gm)).toEqual([
      '### Cost of prod: -75.00 USD a month (KRW -75,000) · ⛔ loses a machine',
      '### Cost of prod: +80.00 USD a month (KRW 80,000)',
    ]);
    expect(text).toMatch(/\| `Host` \(`AWS::EC2::Instance`\) gone \| +75\.00 \| +\| +-75\.00 \|/);
    expect(text.split(marker)).toHaveLength(2);
  });

  it('stays within what a forge takes, however much there is to say', () => {
    const many = Array.from({ length: 3000 }, (_, index) => volume({ Size: index + 1 })).map((each, index) => ({
      ...each,
      id: `Volume${index}`,
    }));
    const text = comment({ after: many });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/and \d+ more: `dojang cost --env prod` lists them/);
    expect(text).toMatch(/\| 299\d smaller changes +\|/);
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });
});

describe('what somebody called a resource', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['[here](https://example.com)', '\\[here\\](https://example.com)'],
    ['one\n\n# two', 'one \\# two'],
    ['&lt;', '&amp;lt;'],
  ])('%j is shown as it is', (text, shown) => expect(plain(text)).toBe(shown));

  it('mentions nobody', () => expect(plain('@team')).not.toContain('@team'));

  it.each([
    ['Host', '`Host`'],
    ['a|b', '`a\\|b`'],
    ['a`b', '`` a`b ``'],
    ['a\nb', '`a b`'],
  ])('%j as code', (text, shown) => expect(code(text)).toBe(shown));
});
