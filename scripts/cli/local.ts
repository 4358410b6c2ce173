/** `dojang local ...`: commands on the embedded clouds beside deployments. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { FaultOptions } from '../commands/local/fault.ts';
import { type Flags, printAnswer, runVerb, withAnswer } from './run-verb.ts';

export function addLocal(program: Command): void {
  const local = program.command('local').description('the embedded clouds on this machine').exitOverride();
  withAnswer(local.command('env'))
    .description('print the variables that point cdk and pulumi at them: eval "$(dojang local env)"')
    .exitOverride()
    .action(async (flags: Flags) => printAnswer(await (await import('../commands/local/env.ts')).env(), flags));
  withAnswer(local.command('confirm'))
    .description('follow the links of the mails in which the embedded AWS asks to confirm a subscription')
    .exitOverride()
    .action(async (flags: Flags) => printAnswer(await (await import('../commands/local/confirm.ts')).confirm(), flags));
  addDomain(local);
  addFault(local);
}

function addDomain(local: Command): void {
  withAnswer(local.command('domain'))
    .description('where the DNS record of the domain points on the embedded internet; nowhere at first')
    .option('--points-to <where>', 'aws, none, or an IPv4 address')
    .option('--certificate-lifetime <seconds>', 'how long certificates of the embedded authority last from now on; 90 days at first')
    .addHelpText('after', '\nWithout options it says where the domain points.')
    .exitOverride()
    .action((flags: Flags & { pointsTo?: string; certificateLifetime?: string }) =>
      runVerb({ ...flags, env: 'local' }, async (context, clouds) =>
        (await import('../commands/local/domain.ts')).domain(context, clouds, flags),
      ),
    );
}

function addFault(local: Command): void {
  withHostFaults(withCloudFaults(withAnswer(local.command('fault'))))
    .description('let the embedded clouds have faults, to see what dojang does then')
    .addHelpText('after', '\nA fault that is not named ends; without options nothing has faults.')
    .exitOverride()
    .action(async (flags: Flags & FaultOptions) => printAnswer(await (await import('../commands/local/fault.ts')).fault(flags), flags));
}

function withCloudFaults(fault: Command): Command {
  return fault
    .addOption(new Option('--stockout <zone...>', 'zones that have no T4 left').default([]))
    .addOption(new Option('--quota <zone...>', 'zones whose quota allows no T4').default([]))
    .addOption(new Option('--service-disabled <api...>', 'Google APIs that answer SERVICE_DISABLED, like compute').default([]))
    .addOption(new Option('--for <requests>', 'how many requests they refuse (default: all)').argParser(requestCount))
    .addOption(new Option('--retired-image <family...>', 'image families that are published no more').default([]))
    .addOption(new Option('--preflight <name...>', 'what dojang preflight is to find; a wrong name lists them').default([]));
}

function withHostFaults(fault: Command): Command {
  return fault
    .addOption(new Option('--first-boot-locks <seconds>', 'how long new machines hold the locks of packages').argParser(wholeSeconds))
    .addOption(new Option('--late-agent <seconds>', 'after which the agent of the aws host registers').argParser(wholeSeconds))
    .option('--reboot-required', 'booted hosts ask for a restart, as after a new kernel');
}

function requestCount(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number of requests from 1 to 999');
}

function wholeSeconds(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write whole seconds, at most 9999');
}
