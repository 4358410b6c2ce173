/**
 * The verbs that look at the bill from one side, with the plan of production and the committed
 * prices.
 */
import { Command } from 'commander';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { compareChoices } from '../../../../lib/cost/compare/compare.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import type { CostReport } from '../../../../lib/cost/estimate/report.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { PlannedResource } from '../../../../lib/inventory/resource.ts';
import type { Bills } from '../../../../lib/ports/bills.ts';
import { addCost } from '../../../../scripts/cli/cost.ts';
import { addCostViews } from '../../../../scripts/cli/cost-views.ts';
import { costActual } from '../../../../scripts/commands/cost/actual.ts';
import { costCompare } from '../../../../scripts/commands/cost/compare.ts';
import { costRunway, costWhatIf } from '../../../../scripts/commands/cost/runway.ts';
import { planCost } from '../../../../scripts/commands/plan/cost.ts';
import { recordedBills, recordedPeriod } from '../../../../scripts/local/bills/index.ts';
import { type BilledEnvironment, billedEnvironment } from '../../../../scripts/runtime/cost/billed-environment.ts';
import { committedPlan } from '../../../../scripts/runtime/plan/planned-inventory.ts';
import { day } from '../../../lib/cost/day.ts';
import { checked, readAnswer } from '../../checked.ts';

let prod: BilledEnvironment;
beforeAll(async () => {
  prod = await billedEnvironment(environmentOf(service, 'prod'), { day });
});

/** A database whose version is in extended support, at a price that rises on 2026-03-01. */
const database: PlannedResource = {
  cloud: 'aws',
  stack: 'dojang-prod-data',
  id: 'Database',
  type: 'AWS::RDS::DBInstance',
  properties: { Engine: 'mysql', EngineVersion: '5.7.44', DBInstanceClass: 'db.t4g.medium', StorageType: 'gp3', AllocatedStorage: 20 },
};
const supportOf = ({ resources }: CostReport) =>
  resources.flatMap(({ lines }) => lines.filter(({ name }) => name === 'Extended support')).map(({ amount }) => amount?.toFixed(2));

it.each([
  ['2026-02-28', '175.20'],
  ['2026-03-01', '350.40'],
])('every view takes an old version for what it costs on the day: %s', (on, support) => {
  const committed = committedPlan(prod.environment);
  if (!committed) throw new Error('there is no committed plan');
  const plan = { ...committed, resources: [database] };
  const resources = billedOf(plan);
  expect(supportOf(planCost(prod.environment, plan, undefined, on).report)).toEqual([support]);
  const before = estimateCost([], prod.book, noUsage, on, prod.rate);
  const billed = { ...prod, resources, report: before, usage: noUsage, day: on };
  const rows = compareChoices({ ...billed, region: ['aws=ap-northeast-2'], gpuHours: undefined });
  expect(rows.filter(({ choice }) => choice).flatMap(({ cost }) => supportOf(cost.after))).toContain(support);
  const { data } = checked(costWhatIf(billed, { region: ['aws=ap-northeast-2'], machine: [] }, 12));
  const { lines } = data;
  expect(Number(lines.find(({ name }) => name === 'Extended support')?.after).toFixed(2)).toBe(support);
});

const widest = (lines: readonly string[] = []) => Math.max(...lines.flatMap((text) => text.split('\n')).map((line) => line.length));

describe('dojang cost runway', () => {
  it('says on which day each credit is empty, and fits a terminal', async () => {
    const { lines = [], data } = checked(await costRunway(prod, { weeks: 12, actual: undefined }));
    expect(lines.find((line) => line.includes('gcp'))).toMatch(/300\.00 +275\.41 +63\.38 +2026-12-19 +520\.80/);
    expect(data).toMatchObject({
      runways: [{ provider: 'aws' }, { provider: 'gcp', empty: '2026-12-19' }, { provider: 'runpod', empty: null }],
    });
    expect(widest(lines)).toBeLessThanOrEqual(80);
  });

  it.each([
    [1, '1 line without a price: the credits end sooner than this'],
    [2, '2 lines without a price: the credits end sooner than this'],
  ])('counts %i lines without a price', async (count, text) => {
    const machines = Array.from({ length: count }, (_, index) => ({ ...database, id: `Database${index}` }));
    const report = {
      ...prod.report,
      unknown: machines.map((resource) => ({ resource: { ...resource, provider: 'aws' as const, region: '' }, reason: '' })),
    };
    const { lines = [] } = checked(await costRunway({ ...prod, report }, { weeks: 12, actual: undefined }));
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(text);
  });

  it('goes on from what was spent', async () => {
    const { data } = checked(await costRunway(prod, { weeks: 4, actual: { bills: recordedBills, until: '2026-12-23' } }));
    // 44.44 of AWS and 127.15 of GCP are in the answers.
    expect(data).toMatchObject({
      runways: [
        { left: expect.stringMatching(/^655\.5/), from: '2026-12-23' },
        { left: expect.stringMatching(/^172\.8/) },
        { left: '210' },
      ],
    });
  });

  it('needs credits in the configuration', async () => {
    const local = { ...prod, environment: environmentOf(service, 'local') };
    await expect(costRunway(local, { weeks: 12, actual: undefined })).rejects.toMatchObject({ code: 'no-credits' });
  });
});

it('dojang cost what-if does not take an unknown price for money saved', () => {
  const { lines = [], data } = checked(costWhatIf(prod, { region: [], machine: ['aws=m9z.huge'] }, 12));
  expect(lines[0]).toBe('prod: 362.71 -> 289.49 USD a month, 0.00');
  expect(lines.join('\n')).toContain('no price of aws ec2 m9z.huge in ap-northeast-2');
  expect(data).toMatchObject({ change: '0' });
  expect(widest(lines)).toBeLessThanOrEqual(80);
});

it('dojang cost what-if names what has no price any more, not what never had one, and leaves the credit as it lasts', () => {
  // Without usage the last lines of the plan are unknown before and after.
  const report = estimateCost(prod.resources, prod.book, noUsage, day, prod.rate);
  const { lines = [], data } = checked(costWhatIf({ ...prod, usage: noUsage, report }, { region: [], machine: ['aws=p5.48xlarge'] }, 12));
  expect(lines.filter((line) => line.startsWith('  - '))).toEqual(['  - Host Machine: no price of aws ec2 p5.48xlarge in ap-northeast-2']);
  expect(lines.find((line) => line.startsWith('  aws  '))).toMatch(/ 0\.00$/);
  expect(lines.find((line) => line.startsWith('  aws credit'))).toMatch(/: \d{4}-\d\d-\d\d as now or sooner$/);
  expect(lines.find((line) => line.startsWith('  gcp credit'))).toMatch(/ as now$/);
  expect(data).toMatchObject({ opened: [{ id: 'Host', line: 'Machine' }], runways: { open: ['aws'] } });
  expect(widest(lines)).toBeLessThanOrEqual(80);
});

describe('dojang cost actual', () => {
  it('puts what was spent beside what the same days cost', async () => {
    const { lines = [], data } = checked(await costActual(prod, recordedBills, recordedPeriod));
    expect(lines.find((line) => line.includes('aws machines'))).toMatch(/33\.70 +33\.70/);
    expect(lines.find((line) => line.includes('aws traffic'))).toMatch(/^! .*0\.00 +3\.82/);
    expect(data).toMatchObject({ spent: { aws: expect.stringMatching(/^44\.4/), gcp: expect.stringMatching(/^127\.1/) } });
    expect(widest(lines)).toBeLessThanOrEqual(80);
  });

  const refused = new DojangError('no-billing-export', 'no export here', { next: 'switch it on' });
  const none: Bills = { note: undefined, aws: () => Promise.reject(refused), gcp: () => Promise.reject(refused) };

  it('reports one bill when the other cannot be read, and says nothing about the other', async () => {
    const { lines = [] } = checked(await costActual(prod, { ...recordedBills, gcp: none.gcp }, recordedPeriod));
    expect(lines.join('\n')).toContain('no export here; next: switch it on');
    expect(lines.some((line) => line.includes('gcp GPU'))).toBe(false);
  });

  it('fails when neither can be read, and when no day is asked about', async () => {
    await expect(costActual(prod, none, recordedPeriod)).rejects.toBe(refused);
    await expect(costActual(prod, recordedBills, { from: '2026-11-15', until: '2026-11-15' })).rejects.toMatchObject({
      code: 'empty-period',
    });
  });
});

it('an option after the verb is the verb’s, though dojang cost has one of the same name', async () => {
  const program = new Command('dojang').exitOverride();
  addCostViews(addCost(program));
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await program.parseAsync(['cost', 'what-if', '--env', 'prod', '--region', 'aws=us-east-1', '--json'], { from: 'user' });
  const answer = readAnswer(written.mock.calls.map(([text]) => text).join(''));
  written.mockRestore();
  expect(answer).toMatchObject({ environment: 'prod', asked: { region: ['aws=us-east-1'] } });
});

it('dojang cost what-if without a question says what can be asked', () => {
  expect(() => costWhatIf(prod, { region: [], machine: [] }, 12)).toThrow(expect.objectContaining({ code: 'no-question' }));
});

it('every view says that types are billed by more than its lines, and --json which', async () => {
  const asked = { region: [], machine: ['aws=m7g.xlarge'] };
  const views = [
    checked(await costRunway(prod, { weeks: 12, actual: undefined })),
    checked(costWhatIf(prod, asked, 12)),
    checked(costCompare(prod, { region: [], gpuHours: undefined, why: false })),
  ];
  for (const { lines = [], data } of views) {
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toMatch(
      /\d+ types are billed by more than the lines say, where it is used \(dojang cost lists it\)/,
    );
    expect(data.leftOut).toContainEqual(expect.stringMatching(/^AWS::EC2::Instance: /));
    expect(widest(lines)).toBeLessThanOrEqual(80);
  }
});
