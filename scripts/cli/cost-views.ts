/**
 * Verbs that look at the bill of an environment from one side: runway, what-if, compare, actual;
 * and the report page.
 */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { today } from '../io/today.ts';
import { type Flags, onEnvironment, runVerb } from './run-verb.ts';

interface BillFlags extends Flags {
  readonly usage?: string;
  readonly weeks: number;
}

/**
 * `cost` has options of the same names: those after a verb are the verb's, and commander asks every
 * parent for that.
 */
export function addCostViews(cost: Command): void {
  for (let each: Command | null = cost; each; each = each.parent) each.enablePositionalOptions();
  for (const add of [addCostRunway, addCostWhatIf, addCostCompare, addCostActual]) add(cost);
}

function addCostRunway(cost: Command): void {
  onBill(cost.command('runway').description('how long the credits of the configuration last'))
    .option('--actual', 'from what was really spent until today, instead of from the whole credit')
    .addOption(weeksOption())
    .exitOverride()
    .action((flags: BillFlags & { actual?: boolean }) =>
      onBilled(flags, async (billed) => {
        const { costRunway } = await import('../commands/cost/runway.ts');
        if (!flags.actual) return costRunway(billed, { weeks: flags.weeks, actual: undefined });
        const { bills, period } = await (await import('../commands/cost/bills.ts')).billsOf(billed.environment, {
          from: today(),
          until: today(),
        });
        return costRunway(billed, { weeks: flags.weeks, actual: { bills, until: period.until } });
      }),
    );
}

interface WhatIfFlags extends BillFlags {
  readonly region?: readonly string[];
  readonly machine?: readonly string[];
  readonly gpu?: string;
  readonly topology?: string;
}

function addCostWhatIf(cost: Command): void {
  onBill(cost.command('what-if').description('what another region, machine, GPU or shape would cost'))
    .option('--region <cloud=region...>', 'like aws=us-east-1 gcp=us-central1')
    .option('--machine <cloud=type...>', 'like aws=m7g.xlarge gcp=n1-standard-4')
    .option('--gpu <choice>', 't4, 2xt4, 4xt4, none, runpod, runpod-active, or a machine of AWS like g4dn.xlarge')
    .option('--topology <shape>', 'single, split (two machines and a database) or private (that behind a balancer and NAT)')
    .addOption(weeksOption())
    .exitOverride()
    .action((flags: WhatIfFlags) =>
      onBilled(flags, async (billed) => {
        const { region = [], machine = [], gpu, topology, weeks } = flags;
        return (await import('../commands/cost/runway.ts')).costWhatIf(billed, { region, machine, gpu, topology }, weeks);
      }),
    );
}

interface CompareFlags extends BillFlags {
  readonly region?: readonly string[];
  readonly gpuHours?: number;
  readonly why?: boolean;
}

function addCostCompare(cost: Command): void {
  onBill(cost.command('compare').description('an environment beside other shapes, machines and GPUs, the cheapest first'))
    .option('--region <cloud=region...>', 'price every choice there, like aws=us-east-1 gcp=us-central1')
    .option('--gpu-hours <number>', 'how many hours a day a machine with a GPU runs; else always', hoursADay)
    .option('--why', 'with what each choice means, when credits end, and what has no price')
    .addHelpText(
      'after',
      `
One thing differs in each row; dojang cost what-if combines several.
  dojang cost compare --env prod --why
  dojang cost compare --env prod --region aws=us-east-1 --gpu-hours 12`,
    )
    .exitOverride()
    .action((flags: CompareFlags) =>
      onBilled(flags, async (billed) => {
        const { region = [], gpuHours, why = false } = flags;
        return (await import('../commands/cost/compare.ts')).costCompare(billed, { region, gpuHours, why });
      }),
    );
}

function hoursADay(text: string): number {
  const hours = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (hours >= 1 && hours <= 24) return hours;
  throw new InvalidArgumentError('write whole hours of a day, from 1 to 24');
}

interface ReportFlags extends BillFlags {
  readonly output: string;
  readonly base?: string;
}

export function addReport(program: Command): void {
  onBill(program.command('report').description('one HTML file: cost, runway, change, picture and policies of an environment'))
    .option('-o, --output <file>', 'where it goes', 'dojang-report.html')
    .option('--base <revision>', 'with what has changed since this branch, tag or commit')
    .addOption(weeksOption())
    .addHelpText('after', '\nThe file loads nothing, so that it can be kept, mailed and printed.')
    .action((flags: ReportFlags) =>
      onBilled(flags, async (billed) => (await import('../commands/report/report.ts')).report(billed, { base: undefined, ...flags })),
    );
}

interface ActualFlags extends BillFlags {
  readonly from?: string;
  readonly until?: string;
}

function addCostActual(cost: Command): void {
  onBill(cost.command('actual').description('what was really spent, beside the estimate, component by component'))
    .option('--from <day>', 'the first day, like 2026-11-01; else the first of this month', oneDay)
    .option('--until <day>', 'the day after the last; else today', oneDay)
    .addHelpText('after', '\nIt reads AWS Cost Explorer (0.01 USD a question) and the billing export of GCP,\nand changes nothing.')
    .exitOverride()
    .action((flags: ActualFlags) =>
      onBilled(flags, async (billed) => {
        const [{ costActual }, { billsOf }] = await Promise.all([
          import('../commands/cost/actual.ts'),
          import('../commands/cost/bills.ts'),
        ]);
        const { bills, period } = await billsOf(billed.environment, { from: `${today().slice(0, 8)}01`, until: today() });
        return costActual(billed, bills, { from: flags.from ?? period.from, until: flags.until ?? period.until });
      }),
    );
}

function onBill(command: Command): Command {
  return onEnvironment(command).option('--usage <file>', 'what is used in a month; else what the service is designed for');
}

const weeksOption = () => new Option('--weeks <number>', 'how many weeks to look ahead').argParser(wholeNumber).default(12);

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number from 1 to 999');
}

function oneDay(text: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return text;
  throw new InvalidArgumentError('write a day like 2026-11-01');
}

type View = (
  billed: import('../runtime/cost/billed-environment.ts').BilledEnvironment,
) => Promise<import('../runtime/outcome.ts').Outcome<unknown>>;

function onBilled(flags: BillFlags, view: View): Promise<void> {
  return runVerb(flags, async ({ environment }) => {
    const { billedEnvironment } = await import('../runtime/cost/billed-environment.ts');
    return view(await billedEnvironment(environment, { usage: flags.usage }));
  });
}
