/** An environment beside what it could be instead. */
import { Command } from 'commander';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { createPriceBook } from '../../../../lib/cost/prices/price-book.ts';
import { usdText } from '../../../../lib/values/money.ts';
import { addCost } from '../../../../scripts/cli/cost.ts';
import { addCostViews } from '../../../../scripts/cli/cost-views.ts';
import type { costCompareAnswer } from '../../../../scripts/commands/cost/answer.ts';
import { costCompare } from '../../../../scripts/commands/cost/compare.ts';
import type { DataOf } from '../../../../scripts/runtime/answers/format.ts';
import { type BilledEnvironment, billedEnvironment } from '../../../../scripts/runtime/cost/billed-environment.ts';
import { day } from '../../../lib/cost/day.ts';
import { checked } from '../../checked.ts';

let prod: BilledEnvironment;
beforeAll(async () => {
  prod = await billedEnvironment(environmentOf(service, 'prod'), { day });
});

const widest = (lines: readonly string[] = []) => Math.max(...lines.flatMap((text) => text.split('\n')).map((line) => line.length));

describe('dojang cost compare', () => {
  const plain = { region: [], gpuHours: undefined, why: false };
  const choices = ({ choices: all }: DataOf<typeof costCompareAnswer>) => all;

  it.each([false, true])('is a table that fits a terminal, the cheapest first; with reasons: %s', (why) => {
    const { lines = [], data } = checked(costCompare(prod, { ...plain, why }));
    expect(widest(lines)).toBeLessThanOrEqual(80);
    const row = (name: string) => lines.find((line) => ` ${line}`.includes(` ${name} `)) ?? '';
    expect(row('> as planned').trim().split(/ {2,}/).slice(1, 2)).toEqual([usdText(prod.report.total)]);
    expect(row('m7g.xlarge')).toMatch(/^ {2}m7g\.xlarge .* \+73\.22$/);
    expect(row('gpu runpod')).toMatch(/^· gpu runpod .* 22\.80 +-\d+\.\d\d$/);
    expect(lines.includes('    - 4 vCPU and 16 GiB instead of 2 and 8 GiB')).toBe(why);
    const known = choices(data).filter(({ atLeast }) => !atLeast);
    expect(known.map(({ total }) => Number(total))).toEqual(known.map(({ total }) => Number(total)).toSorted((one, other) => one - other));
  });

  it('has no amount for a cloud of which nothing is known in that region', () => {
    const { lines = [], data } = checked(costCompare(prod, { ...plain, region: ['aws=eu-west-1'] }));
    const row = lines.find((line) => line.includes(' aws=eu-west-1 ')) ?? '';
    expect(row).toMatch(/^ {2}aws=eu-west-1 +≥[\d.]+ +- +[\d.]+ /);
    const choice = data.choices.find(({ name }) => name === 'aws=eu-west-1');
    expect(choice?.byProvider).toMatchObject({ aws: null, gcp: expect.stringMatching(/^\d/) });
  });

  it('says why something cannot be deployed, by the rules of the configuration too', () => {
    const text = checked(costCompare(prod, { ...plain, why: true }))
      .lines?.join('\n')
      .replace(/\n {6}/g, ' ');
    expect(text).toMatch(
      /· t4g\.micro .*\n.*\n {4}- not deployable: dojang config check refuses it: 1 GiB and 3 GiB for nginx, .* do not fit the 1 GiB of t4g\.micro/,
    );
    expect(text).toMatch(/· split .*\n.*\n {4}- not deployable: dojang up knows one machine/);
    expect(text).toMatch(/> as planned .*\n {4}- credit: aws until \d{4}-\d\d-\d\d, gcp until 2026-12-19/);
  });

  it('prices every choice where it is asked, beside the plan where it is', () => {
    const { data } = checked(costCompare(prod, { ...plain, region: ['aws=us-east-1'] }));
    const named = new Map(choices(data).map((each) => [each.name, each]));
    expect(named.get('as planned')).toMatchObject({ total: prod.report.total.toFixed() });
    expect(named.get('m7g.xlarge')).toMatchObject({ asked: { region: ['aws=us-east-1'] }, total: expect.stringMatching(/^\d+\.\d+$/) });
    expect(named.has('aws=us-east-1')).toBe(true);
    expect(() => costCompare(prod, { ...plain, region: ['mars'] })).toThrow(expect.objectContaining({ code: 'unknown-what-if' }));
  });

  it('switches a GPU off for a part of the day, and knows that the cheapest part of the month goes first', () => {
    const { data } = checked(costCompare(prod, { ...plain, gpuHours: 12 }));
    const half = choices(data).find(({ name }) => name === 'gpu 12 h a day');
    // Half of the hours cost 90 % of their list price, where all of them cost 70 %.
    expect(Number(half?.total)).toBeCloseTo(Number(prod.report.total.toFixed()) - 251.3499 + (251.3499 / 0.7) * 0.45, 1);
  });

  it('marks a row that rests on hours as priced only, and sees changes at equal hours', () => {
    const { lines = [], data } = checked(costCompare(prod, { ...plain, gpuHours: 12 }));
    const rows = data.choices;
    const always = choices(checked(costCompare(prod, plain)).data);
    const deployable = rows.filter((row) => row.deployable && !row.planned).map(({ name }) => name);
    expect(deployable).toEqual([]);
    const change = (all: typeof rows, name: string) => Number(all.find((row) => row.name === name)?.change);
    expect(change(rows, 'm7g.xlarge')).toBeCloseTo(change(always, 'm7g.xlarge'), 6);
    expect(lines).toContain('changes are against the plan with its GPU machine 12 hours a day too');
  });

  it('marks what has no price, and puts it below what is known', () => {
    const book = createPriceBook(prod.book.prices.filter(({ item }) => item !== 'MySQL db.t4g.small single-AZ'));
    const { lines = [], data } = checked(costCompare({ ...prod, book }, plain));
    expect(
      choices(data)
        .slice(-2)
        .map(({ name, atLeast }) => [name, atLeast]),
    ).toEqual([
      ['split', true],
      ['private', true],
    ]);
    expect(lines.join('\n')).toMatch(/· split +≥/);
    expect(lines).toContain('≥ something of it has no price, so that it costs more');
  });

  it('refuses hours that no day has, and says what to write', async () => {
    const program = new Command('dojang').exitOverride();
    addCostViews(addCost(program));
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(program.parseAsync(['cost', 'compare', '--gpu-hours', '25'], { from: 'user' })).rejects.toThrow(
      'write whole hours of a day, from 1 to 24',
    );
    written.mockRestore();
  });
});
