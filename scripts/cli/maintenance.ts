/** Verbs about the maintenance page. */
import type { Command } from 'commander';
import type { Clouds, Context } from '../runtime/context.ts';
import { type Flags, onEnvironment, onEnvironmentToChange, runChange, runVerb } from './run-verb.ts';

export function addMaintenance(program: Command): void {
  const maintenance = program
    .command('maintenance')
    .description('the page that visitors get while the service is worked on')
    .exitOverride();
  onEnvironmentToChange(maintenance.command('on').description('answer every visitor with the maintenance page'))
    .option('--reason <text>', 'for the operators; visitors do not see it', '')
    .exitOverride()
    .action((flags: Flags & { reason: string }) =>
      runChange('maintenance', flags, async (context, clouds) => {
        const { maintenanceOn } = await import('../commands/maintenance/maintenance.ts');
        return maintenanceOn(context, await portsOf(context, await clouds()), flags.reason);
      }),
    );
  onEnvironmentToChange(maintenance.command('off').description('let visitors reach the service again'))
    .exitOverride()
    .action((flags: Flags) =>
      runChange('maintenance', flags, async (context, clouds) => {
        const { maintenanceOff } = await import('../commands/maintenance/maintenance.ts');
        return maintenanceOff(context, await portsOf(context, await clouds()));
      }),
    );
  onEnvironment(maintenance.command('status').description('whether visitors get the maintenance page, since when and why'))
    .exitOverride()
    .action((flags: Flags) =>
      runVerb(flags, async (context, clouds) => {
        const [{ maintenanceStatus }, { requireHosts }] = await Promise.all([
          import('../commands/maintenance/maintenance.ts'),
          import('../runtime/clouds/hosts.ts'),
        ]);
        return maintenanceStatus(context, requireHosts(await clouds()).shell);
      }),
    );
}

async function portsOf(context: Context, clouds: Clouds) {
  const [{ requireHosts }, { environmentNotifier }, { operator }] = await Promise.all([
    import('../runtime/clouds/hosts.ts'),
    import('../runtime/notifier.ts'),
    import('../io/operator.ts'),
  ]);
  return { shell: requireHosts(clouds).shell, notifier: environmentNotifier(context, clouds), who: operator() };
}
