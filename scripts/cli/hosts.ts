/** Verbs about the hosts: what is on them, how they are, and what they are trusted with. */
import type { Command } from 'commander';
import type { Hosts } from '../runtime/context.ts';
import { dryRunOption, type Flags, onEnvironment, onEnvironmentToChange, runChange, runVerb } from './run-verb.ts';

export function addProvision(program: Command): void {
  onEnvironmentToChange(program.command('provision').description('bring both hosts to what their recipe says'))
    .option('--check', 'only look: exit code 1 when a host differs from its recipe')
    .option('--only <name...>', 'only these hosts (aws, gcp) or steps; --dry-run lists them', [])
    .addOption(dryRunOption())
    .addHelpText('after', '\nSafe to interrupt anywhere and to run again. --dry-run --verbose prints the scripts too.')
    .action((flags: Flags & { only: string[]; verbose?: boolean }) =>
      runChange('provision', flags, async (context, clouds) => {
        const [{ provision }, { requireHosts }] = await Promise.all([
          import('../commands/provision/provision.ts'),
          import('../runtime/clouds/hosts.ts'),
        ]);
        const { check = false, only, verbose = false } = flags;
        return provision(context, async () => portsOf(requireHosts(await clouds())), { check, only, verbose });
      }),
    );
}

async function portsOf({ shell, facts }: Hosts) {
  return { shell, facts: await facts() };
}

export function addDoctor(program: Command): void {
  onEnvironment(program.command('doctor').description('try from every side what must work and what must not'))
    .addOption(dryRunOption())
    .addHelpText('after', '\nIt changes nothing. Exit code 1 when a check fails.')
    .action((flags: Flags) =>
      runVerb(flags, async (context, clouds) => {
        const [{ doctor, doctorPlan }, { requireHosts }] = await Promise.all([
          import('../commands/doctor/doctor.ts'),
          import('../runtime/clouds/hosts.ts'),
        ]);
        if (flags.dryRun) return doctorPlan(context);
        const open = await clouds();
        return doctor(context, open, requireHosts(open));
      }),
    );
}

export function addSecret(program: Command): void {
  const secret = program.command('secret').description('secrets that the operator gives to an environment').exitOverride();
  onEnvironmentToChange(secret.command('set').argument('<name>', 'oidc-client-secret, model-key or discord-webhook'))
    .description('keep a secret; it is typed hidden, or read from stdin')
    .exitOverride()
    .action((name: string, flags: Flags) =>
      runChange('secret', flags, async (context, clouds) => {
        const [{ setSecret }, { readSecret }] = await Promise.all([
          import('../commands/secret/secret.ts'),
          import('../io/terminal/secret-input.ts'),
        ]);
        return setSecret(context, clouds, name, () => readSecret(name));
      }),
    );
  onEnvironment(secret.command('list'))
    .description('which secrets are there, and how old; never their values')
    .exitOverride()
    .action((flags: Flags) =>
      runVerb(flags, async (context, clouds) => (await import('../commands/secret/secret.ts')).listSecrets(context, await clouds())),
    );
}
