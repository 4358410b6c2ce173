/** Verbs about the data: a dump now, and bringing one back. */
import { type Command, Option } from 'commander';
import { dryRunOption, type Flags, onEnvironmentToChange, runChange, runVerb } from './run-verb.ts';

export function addDump(program: Command): void {
  onEnvironmentToChange(program.command('dump').description('dump the database now: restored, compared, in the bucket')).action(
    (flags: Flags) =>
      runChange('dump', flags, async (context, clouds) => {
        const [{ dump }, { requireHosts }] = await Promise.all([import('../commands/dump/dump.ts'), import('../runtime/clouds/hosts.ts')]);
        return dump(context, requireHosts(await clouds()));
      }),
  );
}

interface RestoreFlags extends Flags {
  readonly to?: string;
  readonly rehearse?: boolean;
  readonly list?: boolean;
}

export function addRestore(program: Command): void {
  onEnvironmentToChange(
    program.command('restore').argument('[dump]', 'id of a dump, or a label: nightly, a release; the newest when none is given'),
  )
    .description('bring a dump back in place of what the database holds')
    .option('--to <time>', 'with every write before this time: 2026-11-28T14:30:00+09:00, or now')
    .option('--rehearse', 'into a scratch database; the service is not touched')
    .option('--list', 'the dumps that there are, and how far binary logs lead from each')
    .addOption(new Option('--approve <id...>', 'the dump, by its id: what it holds replaces what the database holds').default([]))
    .addOption(dryRunOption())
    .addHelpText('after', '\nWhat is replaced is dumped too. Safe to interrupt anywhere and to run again: it carries on.')
    .action((dump: string | undefined, flags: RestoreFlags) => (flags.list ? list(flags) : bringBack(dump, flags)));
}

function list(flags: RestoreFlags): Promise<void> {
  return runVerb(flags, async (context, clouds) => (await import('../commands/restore/list.ts')).listRestorable(context, await clouds()));
}

function bringBack(dump: string | undefined, { to, rehearse = false, ...flags }: RestoreFlags): Promise<void> {
  return runChange('restore', flags, async (context, clouds) => {
    const [{ restore }, { restorePorts }] = await Promise.all([
      import('../commands/restore/restore.ts'),
      import('../runtime/database/restore-ports.ts'),
    ]);
    const ports = async () => restorePorts(context, await clouds());
    return restore(context, ports, { ...(dump !== undefined && { dump }), ...(to !== undefined && { to }), rehearse });
  });
}
