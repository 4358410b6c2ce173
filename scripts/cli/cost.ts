/** `dojang cost` and what belongs to it. */

import { type Command, Option } from 'commander';
import { type Flags, printAnswer, withAnswer } from './run-verb.ts';

interface CostFlags extends Flags {
  readonly from?: string;
  readonly region?: string;
  readonly usage?: string;
  readonly format: 'text' | 'markdown';
}

/** Returns the command, so that further verbs about cost can be added to it (`addCostViews`). */
export function addCost(program: Command): Command {
  const command = withAnswer(program.command('cost').description('what an environment costs a month, line by line'))
    .exitOverride()
    .addOption(new Option('-e, --env <name>', 'environment of dojang.config.ts').default('local'))
    .option(
      '--from <path>',
      'instead: a CloudFormation template, a cdk.out folder, a plan, or the output of pulumi preview --json --show-sames',
    )
    .option('--region <name>', 'where --from is deployed to, when it does not say')
    .option('--usage <file>', 'what is used in a month (YAML or JSON); else what the service is designed for')
    .addOption(new Option('--format <kind>', 'how the answer looks').choices(['text', 'markdown']).default('text'))
    .addHelpText('after', '\nWithout credentials, from the committed price book (dojang prices). What is not known is -, never 0.');
  return command.action(async (flags: CostFlags) => printAnswer(await answer(flags), flags));
}

async function answer({ env, from, region, usage, format }: CostFlags) {
  const [{ cost }, { environmentSource, pathSource }, { estimateInputs }, { trafficAssumptions }] = await Promise.all([
    import('../commands/cost/cost.ts'),
    import('../runtime/cost/sources.ts'),
    import('../runtime/cost/inputs.ts'),
    import('../../lib/cost/estimate/traffic.ts'),
  ]);
  const source = from === undefined ? await environmentSource(await environmentNamed(env)) : pathSource(from, region);
  // The traffic model is that of our service: it says nothing about another project, except when it
  // is a plan of ours.
  const inputs = estimateInputs({ usage, designed: source.ours });
  return cost(source, { ...inputs, usageFile: usage, assumptions: source.ours ? trafficAssumptions : [], format });
}

async function environmentNamed(name: string) {
  return (await import('../io/config/config-file.ts')).loadConfig(name);
}
