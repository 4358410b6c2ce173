/** Verbs about releases. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { approveOption, dryRunOption, type Flags, onEnvironment, onEnvironmentToChange, runChange, runVerb } from './run-verb.ts';

interface ReleaseFlags extends Flags {
  /** Seconds. */
  readonly watch: number;
  readonly canary?: boolean;
}

const watchOption = () =>
  new Option('--watch <seconds>', 'how long a release is watched after it serves').argParser(watchSeconds).default(60);

function watchSeconds(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= 3600) return Number(text);
  throw new InvalidArgumentError('It takes whole seconds, up to 3600.');
}

export function addDeploy(program: Command): void {
  onEnvironmentToChange(program.command('deploy').argument('[apps...]', 'web, api, ai, or all; all when none is named'))
    .description('build what has changed and release it without a gap; one that fails is rolled back')
    .addOption(watchOption())
    .option('--canary', 'give the api 5, 25 and 50 % of the sessions first, each share watched as long')
    .addOption(approveOption())
    .addOption(dryRunOption())
    .addHelpText('after', '\nSafe to interrupt anywhere and to run again: it carries on.')
    .action((wanted: string[], flags: ReleaseFlags) =>
      runChange('deploy', flags, async (context, clouds) => {
        const [{ deploy }, { releasePorts }] = await Promise.all([
          import('../commands/deploy/deploy.ts'),
          import('../runtime/release/ports.ts'),
        ]);
        const options = { watchSeconds: flags.watch, canary: flags.canary ?? false };
        return deploy(context, async () => releasePorts(context, await clouds()), wanted, options);
      }),
    );
}

export function addRollback(program: Command): void {
  onEnvironmentToChange(
    program
      .command('rollback')
      .argument('<app>', 'web, api, ai, or all')
      .argument('[release]', 'its id, as dojang releases lists it; the last good one when it is missing'),
  )
    .description('let an earlier release serve again; the one that serves is marked as bad')
    .addOption(watchOption())
    .addOption(approveOption())
    .addOption(dryRunOption())
    .action((component: string, release: string | undefined, flags: ReleaseFlags) =>
      runChange('rollback', flags, async (context, clouds) => {
        const [{ rollback }, { releasePorts }] = await Promise.all([
          import('../commands/rollback/rollback.ts'),
          import('../runtime/release/ports.ts'),
        ]);
        return rollback(context, async () => releasePorts(context, await clouds()), { component, release, watchSeconds: flags.watch });
      }),
    );
}

export function addReleases(program: Command): void {
  onEnvironment(program.command('releases').argument('[app]', 'web, api or ai; all when it is missing'))
    .description('who released what, when, how long it took and how it ended')
    .action((component: string | undefined, flags: Flags) =>
      runVerb(flags, async (context, clouds) =>
        (await import('../commands/releases/releases.ts')).releases(context, await clouds(), component),
      ),
    );
}
