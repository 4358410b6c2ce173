/** Verbs about the lock of an environment. */
import type { Command } from 'commander';
import { type Flags, onEnvironment, runAudited, runVerb } from './run-verb.ts';

export function addLock(program: Command): void {
  const lock = program.command('lock').description('the lock under which one command at a time changes an environment').exitOverride();
  onEnvironment(lock.command('status').description('which command holds the lock of the environment, and for how long'))
    .exitOverride()
    .action((flags: Flags) =>
      runVerb(flags, async (context, clouds) => (await import('../commands/lock/lock.ts')).lockStatus(context, await clouds())),
    );
  onEnvironment(lock.command('release').description('release the lock of the environment by hand, when its command is known to have ended'))
    .option('-y, --yes', 'do not ask')
    .exitOverride()
    .action((flags: Flags & { yes?: boolean }) =>
      runAudited('lock release', flags, async (context, clouds) => {
        const [{ lockRelease }, { confirm }] = await Promise.all([import('../commands/lock/lock.ts'), import('../io/terminal/prompt.ts')]);
        return lockRelease(context, await clouds(), { yes: flags.yes ?? false, confirm });
      }),
    );
}
