/**
 * The verbs of `dojang` and their options. What a verb needs is loaded when it is called, so that
 * help is instant.
 */
import completion from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { addAudit } from './audit.ts';
import { addCost } from './cost.ts';
import { addCostViews, addReport } from './cost-views.ts';
import { addDump, addRestore } from './database.ts';
import { addExec, addLogs, addShell } from './day-2.ts';
import { addDoctor, addProvision, addSecret } from './hosts.ts';
import { addLocal } from './local.ts';
import { addLock } from './lock.ts';
import { addMaintenance } from './maintenance.ts';
import { addPrices } from './prices.ts';
import { RedactingCommand } from './redacting-command.ts';
import { addDeploy, addReleases, addRollback } from './releases.ts';
import { addReview } from './review.ts';
import {
  approveOption,
  dryRunOption,
  type Flags,
  onEnvironment,
  onEnvironmentToChange,
  printAnswer,
  runChange,
  runVerb,
  withAnswer,
} from './run-verb.ts';

const about = `Stamps one small service - web, API, database, GPU inference - onto two clouds.

  dojang up                    both clouds, embedded on this machine
  dojang plan --env prod       what the code plans, without credentials
  dojang up --env prod         the same for real

The configuration is dojang.config.ts; its environments are what --env takes.`;

const verbs = [
  ...[addPlan, addPreflight, addUp, addWire, addProvision, addDeploy, addRollback, addReleases, addDump, addRestore],
  ...[addDoctor, addDown, addReaders],
  ...[addBills, addReview, addReport, addPrices],
  ...[addLogs, addExec, addShell, addMaintenance],
  ...[addSecret, addLock, addAudit, addConfig, addLocal],
];

/** The whole command line. It throws instead of ending the process. */
export function commandLine(version: string): Command {
  const program = new RedactingCommand('dojang')
    .description(about)
    .version(version)
    .showHelpAfterError('(dojang --help lists the verbs)')
    .exitOverride();
  for (const add of verbs) add(program);
  for (const command of program.commands) command.exitOverride();
  completion(program);
  return program;
}

function addBills(program: Command): void {
  addCostViews(addCost(program));
}

function addPlan(program: Command): void {
  onEnvironment(program.command('plan').description('what the code plans, compared with plans/<env>.json'))
    .option('--live', 'ask the clouds instead: CDK diff and Pulumi preview side by side')
    .option('--write', 'renew plans/<env>.json, the committed plan')
    .option('--findings', 'with the findings of the policy checks (cdk-nag) and why each is accepted')
    .addOption(approveOption())
    .addOption(dryRunOption())
    .action((flags: Flags & { live?: boolean; write?: boolean; findings?: boolean }) =>
      runVerb(flags, async (context, clouds) => {
        if (flags.live) return (await import('../commands/plan/live.ts')).planLive(context, await clouds());
        return (await import('../commands/plan/plan.ts')).plan(context, { write: flags.write ?? false, findings: flags.findings ?? false });
      }),
    );
}

function addPreflight(program: Command): void {
  onEnvironment(program.command('preflight').description('ask both clouds and this machine whether a deployment can succeed'))
    .addOption(dryRunOption())
    .addHelpText('after', '\nIt changes nothing. Exit code 1 on a fault; - marks what could not be asked. The first step of up.')
    .action((flags: Flags) =>
      runVerb(flags, async (context, clouds) => {
        const { preflight, preflightPlan } = await import('../commands/preflight/preflight.ts');
        return flags.dryRun ? preflightPlan(context) : preflight(context, await clouds());
      }),
    );
}

function addUp(program: Command): void {
  onEnvironmentToChange(program.command('up').description('bring both clouds, their hosts and the service to what the configuration says'))
    .option('--only <step...>', 'only these steps; --dry-run lists them', [])
    .option('--clouds-only', 'without what is on the machines; the embedded clouds then boot none')
    .addOption(approveOption())
    .addOption(dryRunOption())
    .addHelpText('after', '\nSafe to interrupt anywhere and to run again: the next run carries on.')
    .action((flags: Flags & { only: string[]; cloudsOnly?: boolean }) =>
      runChange(
        'up',
        flags,
        async (context, clouds) => (await import('../commands/up/up.ts')).up(context, clouds, { cloudsOnly: false, ...flags }),
        flags.cloudsOnly ? { machines: 'none' } : {},
      ),
    );
}

function addWire(program: Command): void {
  onEnvironmentToChange(program.command('wire').description('make rules, certificates and secrets what the configuration says'))
    .option('--check', 'only look: exit code 1 when a rule is missing or stray, or a certificate missing or old')
    .option(
      '--rotate <what...>',
      'make these anew: ca, aws-peer, gcp-peer, site, mysql-api, mysql-migrate, mysql-backup, session-secret',
      [],
    )
    .addOption(dryRunOption())
    .action((flags: Flags & { rotate: string[] }) =>
      runChange('wire', flags, async (context, clouds) => {
        const { check = false, dryRun = false, rotate } = flags;
        const plan = (await import('../commands/wire/plan.ts')).wirePlan(context.environment, rotate);
        if (dryRun && !check) return plan;
        return (await import('../commands/wire/wire.ts')).wire(context, await clouds(), { check, rotate });
      }),
    );
}

function addDown(program: Command): void {
  onEnvironmentToChange(program.command('down').description('remove an environment; addresses and data stay'))
    .option('--all', 'remove addresses and data too')
    .option('-y, --yes', 'do not ask')
    .addOption(approveOption())
    .addOption(dryRunOption())
    .action((flags: Flags & { all?: boolean; yes?: boolean }) =>
      runChange('down', flags, async (context, clouds) => {
        const [{ down }, { confirm }] = await Promise.all([import('../commands/down/down.ts'), import('../io/terminal/prompt.ts')]);
        return down(context, clouds, { all: flags.all ?? false, yes: flags.yes ?? false, confirm });
      }),
    );
}

function addReaders(program: Command): void {
  onEnvironment(program.command('status').description('what is deployed, and whether it is wired as configured')).action((flags: Flags) =>
    runVerb(flags, async (context, clouds) => (await import('../commands/status/status.ts')).status(context, await clouds())),
  );
  onEnvironment(program.command('outputs').description('addresses, ids and endpoints of what is deployed')).action((flags: Flags) =>
    runVerb(flags, async (context, clouds) => (await import('../commands/outputs/outputs.ts')).outputs(context, await clouds())),
  );
}

function addConfig(program: Command): void {
  const config = program.command('config').description('the configuration itself').exitOverride();
  withAnswer(config.command('check').description('every fault of dojang.config.ts at once'))
    .exitOverride()
    .action(async (flags: Flags) => printAnswer(await (await import('../commands/config/check.ts')).checkConfig(), flags));
  withAnswer(program.command('init').description('write a commented dojang.config.ts for your own service'))
    .option('--name <name>', 'of the service; prefix of every name', 'myservice')
    .option('--owner <team>', 'cost-allocation tag', 'team')
    .option('--contact <email>', 'for alarms and budget warnings', 'ops@example.com')
    .option('--domain <name>', 'that the service is reached by', 'app.example.com')
    .option('--account <number>', 'AWS account', '123456789012')
    .option('--project <id>', 'GCP project', 'myservice-prod')
    .option('--billing-account <id>', 'GCP billing account', '012345-6789AB-CDEF01')
    .option('--force', 'replace a configuration that is there')
    .addOption(dryRunOption())
    .action(async (flags) => {
      const { init } = await import('../commands/init/init.ts');
      printAnswer(await init({ force: false, dryRun: false, ...flags }), flags);
    });
}
