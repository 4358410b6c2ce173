/** `dojang cost` of our own environment. */
import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { trafficAssumptions } from '../../../../lib/cost/estimate/traffic.ts';
import type { PlannedResource } from '../../../../lib/inventory/resource.ts';
import { addCost } from '../../../../scripts/cli/cost.ts';
import { planCost, planCostData, planCostLines } from '../../../../scripts/commands/plan/cost.ts';
import { environmentSource, pathSource } from '../../../../scripts/runtime/cost/sources.ts';
import { committedPlan } from '../../../../scripts/runtime/plan/planned-inventory.ts';
import { day } from '../../../lib/cost/day.ts';
import { readAnswer } from '../../checked.ts';
import { cost, options, planFile, prod } from './options.ts';

describe('our own environment', () => {
  it('costs as much from the code as from its committed plan', async () => {
    const fromCode = cost(await environmentSource(prod), options).data;
    const fromPlan = cost(pathSource(planFile, undefined), options).data;
    expect(fromCode.resources).toEqual(fromPlan.resources);
    expect(fromCode.total).toBe(fromPlan.total);
  });

  it('has no unknown type, and names each line that it cannot price', () => {
    const { resources, unknown } = cost(pathSource(planFile, undefined), options).data;
    expect(resources.filter(({ as }) => as === 'unsupported')).toEqual([]);
    expect(unknown.every(({ reason }) => reason.startsWith('no price of aws '))).toBe(true);
    expect(resources.filter(({ as, lines }) => as === 'billed' && lines.length === 0)).toEqual([]);
  });

  it('counts the metrics of the agent, of detailed monitoring and of the certificates, and pays for those beyond ten', () => {
    const { resources } = cost(pathSource(planFile, undefined), options).data;
    const metrics = resources.flatMap(({ lines }) => lines.filter(({ unit }) => unit === 'metric-month'));
    const byName = Map.groupBy(metrics, ({ name }) => name);
    const counts = [...byName].map(([name, its]) => [name, its.reduce((sum, { quantity }) => sum + Number(quantity), 0)]);
    expect(Object.fromEntries(counts)).toEqual({ 'Detailed monitoring': 7, 'Agent metrics': 5, 'Custom metric': 3 });
    // Five beyond the ten that are free, 0.30 USD each.
    expect(metrics.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(1.5, 10);
  });

  it('is printed within 80 columns', () => {
    const { lines = [] } = cost(pathSource(planFile, undefined), options);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines).toContain('      Machine                    730 hour x 0.1003                       73.22');
    expect(lines).toContain('      Sustained use of GPU       -30 % of 730 hour x 0.37               -81.03 ?');
  });

  it('says how much use it is for', () => {
    const { data, lines = [] } = cost(pathSource(planFile, undefined), { ...options, assumptions: trafficAssumptions });
    expect(lines.slice(-2)).toEqual([
      '  what depends on use is for 100 users a day, as the service is designed;',
      '  --usage takes your own, --json says what it is computed from',
    ]);
    expect(data).toMatchObject({ assumptions: expect.arrayContaining([expect.objectContaining({ name: 'apiCalls', value: '1500' })]) });
  });

  it('is Markdown when asked for, with the source of each price', () => {
    const [text = ''] = cost(pathSource(planFile, undefined), { ...options, format: 'markdown' }).lines ?? [];
    expect(text).toMatch(/^### At least [\d.]+ USD a month \(KRW [\d,]+\?\)$/m);
    expect(text).not.toContain('users a day');
    const outcome = cost(
      { ...pathSource(planFile, undefined), others: ['shop:a:B', 'shop:a:B'] },
      { ...options, assumptions: trafficAssumptions, format: 'markdown' },
    );
    expect(outcome.lines?.[0]).toContain(
      '\n\nof providers that the book has no prices of:\n\n- 2 x shop:a:B\n\nwhat depends on use is for 100 users a day',
    );
    expect(text).toMatch(/\| dojang-prod-host\/Host +\| Machine +\| 730 hour x 0\.1003 +\| +73\.22 \| .*high/);
  });

  it('has each text of a list in Markdown as one member of it', () => {
    const [text = ''] = cost(pathSource(planFile, undefined), { ...options, format: 'markdown' }).lines ?? [];
    const [, list = ''] = /without a line here \(docs\/cost\.md\):\n\n((?:- .*\n)+)/.exec(text) ?? [];
    const members = list.trim().split('\n');
    expect(members.filter((member) => !/^- [A-Za-z]+:\S+: /.test(member))).toEqual([]);
    expect(Math.max(...members.map((member) => member.length))).toBeGreaterThan(80);
  });

  it('has its cost in the plan, and what is more than the committed one', () => {
    const committed = committedPlan(prod);
    if (!committed) throw new Error('there is no committed plan');
    const [line, rate, credit] = planCostLines(planCost(prod, committed, undefined, day));
    expect(line).toMatch(/^ {2}cost USD [\d.]+ a month \(KRW [\d,]+\?\); \d without an amount \(dojang cost\)$/);
    expect(rate).toMatch(/^ {7}1 USD = [\d.]+ KRW\? \([\d-]+; sample data, may be invented\)$/);
    expect(credit).toMatch(/^ {7}credit lasts: aws until \d{4}-\d\d-\d\d, gcp until \d{4}-\d\d-\d\d$/);
    const without = { ...committed, resources: committed.resources.filter(({ id }) => id !== 'DataVolume') };
    expect(planCostLines(planCost(prod, committed, without, day))[0]).toContain(', +4.56;');
  });

  it('takes a price that became unknown for no money saved in the plan, and its credit for no longer one', () => {
    const committed = committedPlan(prod);
    if (!committed) throw new Error('there is no committed plan');
    const huge = (each: PlannedResource) =>
      each.type === 'AWS::EC2::Instance' ? { ...each, properties: { ...each.properties, InstanceType: 'p5.48xlarge' } } : each;
    const changed = { ...committed, resources: committed.resources.map(huge) };
    const without = { ...committed, resources: committed.resources.filter(({ id }) => id !== 'DataVolume') };
    const [before, after] = [planCost(prod, committed, committed, day), planCost(prod, changed, committed, day)];
    const [line, , credit] = planCostLines(after);
    expect(line).toMatch(/ a month \(KRW [\d,]+\?\); \d+ without an amount, 1 by this change \(dojang cost\)$/);
    expect(credit).toBe(planCostLines(before)[2]?.replace(/aws until (\S+),/, 'aws until $1 or sooner,'));
    expect(planCostLines(planCost(prod, changed, without, day))[0]).toContain(', +4.56; ');
    expect(planCostData(after)).toMatchObject({ change: '0', opened: 1, creditSooner: ['aws'] });
  });

  it('has the model of another provider, though there are no prices of it', async () => {
    const ai = { ...prod.ai, engine: 'endpoint', endpoint: 'https://models.example.com/v1', model: 'llama' } as const;
    const { resources, others } = await environmentSource({ ...prod, ai });
    expect([resources.at(-1)?.type, others]).toEqual(['llm:model/hosted:Model', []]);
    const { lines = [] } = cost({ title: 'prod', resources, others, ours: true }, options);
    expect(lines.join(' ')).toContain('model Input tokens and 1 more: no prices of models.example.com, which runs');
    const committed = committedPlan(prod);
    if (!committed) throw new Error('there is no committed plan');
    const unknown = (environment: typeof prod) => planCost(environment, committed, committed, day).report.unknown.length;
    expect(unknown({ ...prod, ai }) - unknown(prod)).toBe(2);
  });
});

it('is a verb with the options that its help names', async () => {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const program = new Command('dojang').exitOverride();
  addCost(program);
  await program.parseAsync(['node', 'dojang', 'cost', '--from', planFile, '--json']);
  const printed = readAnswer(String(out.mock.calls[0]?.[0]));
  out.mockRestore();
  expect(printed).toMatchObject({
    title: 'prod.json',
    unit: 'USD a month of 730 hours',
    total: cost(pathSource(planFile, undefined), options).data.total,
  });
});
