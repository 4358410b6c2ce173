/** What a reviewer reads. */
import { describe, expect, it } from 'vitest';
import { commentOf, marker } from '../../../../../lib/cost/review/formats/comment.ts';
import { code, plain } from '../../../../../lib/cost/review/formats/markdown.ts';
import { type Review, saysSomething } from '../../../../../lib/cost/review/review.ts';
import { budget, type Change, machine, other, prices, reviewed, usual, volume } from '../small.ts';

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
      | AWS | \`Host\` Machine | m7g.xlarge: 0.2 / h | a test, Seoul, 2026-11 | 730 h | 146.00 |
      | AWS | \`Host\` Root disk storage | gp3 storage: 0.1 / GB-month | a test, Seoul, 2026-11 | 10 GB-month | 1.00 |
      | AWS | \`Host\` Internet traffic out | internet out: 0.1 / GB | a test, Seoul, 2026-11 | 10 GB (usage) | 1.00 |
      | AWS | \`Data\` Storage | gp3 storage: 0.1 / GB-month | a test, Seoul, 2026-11 | 50 GB-month | 5.00 |

      Left out: 1 resource of types that cost nothing by themselves.

      </details>

      <sub>\`the working tree\` compared with \`main (1a2b3c4)\` · prices as of 2026-11 · 1 USD = 1000 KRW (2026-11-01) · plans only: no cloud was asked</sub>
      "
    `);
  });

  it('shows the name of an environment as it is', () => {
    const text = textOf([{ ...reviewed({ after: usual }), environment: '<b>@team' }]);
    expect(headline(text)).toBe('### Cost of \\<b\\>@\u200bteam: no change');
  });

  it('says when nothing changes', () => {
    const text = comment({ after: usual });
    expect(headline(text)).toBe('### Cost of prod: no change');
    expect(text).toContain('leaves the bill as it is and puts nothing at risk');
  });

  it('never shows an unknown amount as nothing', () => {
    const text = comment({ after: [machine(), volume({ Size: 60 }), other('AWS::EC2::Instance', { InstanceType: 'm99.huge' }, 'Huge')] });
    expect(headline(text)).toBe('### Cost of prod: +1.00 USD a month (KRW 1,000), and what could not be priced');
    expect(text).toMatch(/\| `Huge` Machine, new +\| +\| +- \| +- \|/);
    expect(text).toContain('no price of aws ec2 m99.huge in ap-northeast-2');
  });

  it('takes a new type that it has no model of for no nothing', () => {
    const review = reviewed({ after: [...usual, other('AWS::SageMaker::Endpoint')], policies: { monthlyLimit: '500 USD' } });
    const text = textOf([review]);
    expect(saysSomething(review)).toBe(true);
    expect(headline(text)).toBe('### Cost of prod: a change that could not be priced');
    expect(text).toContain('80.00 → at least 80.00 USD a month.');
    expect(text).not.toContain('leaves the bill as it is');
    expect(text).toContain('⚠️ 1 line could not be priced (1 of this change) and is missing from the totals');
    expect(text).toContain('`Other`: no cost model for AWS::SageMaker::Endpoint');
    expect(text).toContain('⚠️ monthly limit: **80.00 of at most 500 USD is without Other, which could not be priced**');
  });

  it('says what goes or is another one without ever having had a price', () => {
    const robot = (arms: number) => other('Shop::Robot::Arm', { arms });
    for (const after of [usual, [...usual, robot(50)]]) {
      const review = reviewed({ before: [...usual, robot(1)], after });
      expect([saysSomething(review), headline(textOf([review]))]).toEqual([true, '### Cost of prod: a change that could not be priced']);
    }
    expect(saysSomething(reviewed({ before: [...usual, robot(1)], after: [...usual, robot(1)] }))).toBe(false);
  });

  it('does not take a price that became unknown for money saved', () => {
    const text = comment({ after: [machine({ InstanceType: 'p5.48xlarge' }), volume({ Size: 60 })] });
    expect(headline(text)).toBe('### Cost of prod: +1.00 USD a month (KRW 1,000), and what could not be priced');
    expect(text).toMatch(/\| \*\*AWS\*\* +\| \*\*80\.00\*\* \| \*\*at least 8\.00\*\* \| \*\*\+1\.00\*\* \|/);
    expect(text).toMatch(/\| `Host` Machine: m7g\.large → p5\.48xlarge +\| +73\.00 \| +- \| +- \|/);
    expect(text).toContain('AWS until 2027-07-25 → **until 2027-07-21** or sooner, as something of it could not be priced.');
    expect(text).not.toContain('-73.00');
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

describe('the name of a resource', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['[here](https://example.com)', '\\[here\\](https:\u200b//example.com)'],
    ['ftp://example.com, www.example.com', 'ftp:\u200b//example.com, www\u200b.example.com'],
    ['as in #12 and !3', 'as in \\#\u200b12 and \\!\u200b3'],
    ['https: //, wwwx and 1:2', 'https: //, wwwx and 1:2'],
    ['one\n\n# two', 'one \\# two'],
    ['&lt;', '&amp;lt;'],
  ])('%j is shown as it is', (text, shown) => expect(plain(text)).toBe(shown));

  it('mentions no team', () => expect(plain('@team')).not.toContain('@team'));

  it.each([
    ['Host', '`Host`'],
    ['a|b', '`a\\|b`'],
    ['a`b', '`` a`b ``'],
    ['a\nb', '`a b`'],
    ['', '` `'],
    [' \n', '` `'],
  ])('%j as code', (text, shown) => expect(code(text)).toBe(shown));
});
