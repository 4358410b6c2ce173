/** Verbs about the price book. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { processVariables } from '../io/process/process-environment.ts';
import { today } from '../io/today.ts';
import { dryRunOption, printAnswer, withAnswer } from './run-verb.ts';

interface RefreshFlags {
  readonly provider?: 'aws' | 'gcp' | 'runpod';
  readonly offerFile?: string;
  readonly add: readonly string[];
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addPrices(program: Command): void {
  const prices = program.command('prices').description('the committed price book: prices/').exitOverride();
  withAnswer(prices.command('refresh'))
    .description('renew it from what the providers publish; a change over 20 % asks')
    .addOption(new Option('--provider <name>', 'only this one; all three when none is named').choices(['aws', 'gcp', 'runpod']))
    .option('--offer-file <path|url>', 'read this list (also .gz) instead of fetching; needs --provider')
    .option('--add <service/item...>', 'take these too, which the book does not have yet: ec2/m8g.large', [])
    .option('-y, --yes', 'do not ask')
    .addOption(dryRunOption())
    .addHelpText('after', '\nAWS needs no credentials; Google a key in GOOGLE_API_KEY, RunPod one in RUNPOD_API_KEY.')
    .exitOverride()
    .action(async (flags: RefreshFlags) => printAnswer(await refresh(flags), flags));
  withAnswer(prices.command('check'))
    .description('which prices are old, of unknown date, or not certain')
    .option('--months <number>', 'older than this is old', wholeNumber, 6)
    .exitOverride()
    .action(async ({ months, json }: { months: number; json?: boolean }) => {
      const { checkPrices } = await import('../commands/prices/prices.ts');
      printAnswer(checkPrices({ months, today: today() }), { json });
    });
}

async function refresh({ provider, offerFile, add, yes = false, dryRun = false }: RefreshFlags) {
  const [{ refreshPrices }, { readLive }, { confirm }] = await Promise.all([
    import('../commands/prices/prices.ts'),
    import('../io/prices/live.ts'),
    import('../io/terminal/prompt.ts'),
  ]);
  const lists = { environment: processVariables(), today: today() };
  return refreshPrices(
    { provider, offerFile, add, yes, dryRun },
    { ...lists, confirm, live: (one, book, wanted) => readLive(one, book, wanted, lists) },
  );
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number of months');
}
