/** Verbs that look into a host: its logs, a command, a shell. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { type App, apps } from '../../lib/release/artifact.ts';
import type { Clouds } from '../runtime/context.ts';
import { linesOption, sinceOption } from './audit.ts';
import { type Flags, onEnvironment, runAudited, runVerb } from './run-verb.ts';

export function addLogs(program: Command): void {
  onEnvironment(program.command('logs').argument('<component>', 'web, api, ai or all'))
    .description('what nginx, the API and the AI server have written, of both hosts by time')
    .option('-f, --follow', 'go on with what is written from now on, until Ctrl-C')
    .addOption(sinceOption('only lines since then', '10m'))
    .addOption(linesOption('how many at most, the newest', 200))
    .action((component: string, flags: Flags & { since: Date; lines: number; follow?: boolean }) => {
      const { follow = false, json = false, since, lines } = flags;
      if (follow && json)
        throw new DojangError('wrong-option', '--follow has no end, and so no answer for --json', { next: 'leave one out' });
      return runVerb(flags, async (context, clouds) => {
        const { logs } = await import('../commands/logs/logs.ts');
        const { shell, interval } = await hostsOf(clouds);
        const next = async () => {
          await wait(Math.max(interval, 1000));
          return true;
        };
        return logs(context, shell, component, { since, now: new Date(), lines, ...(follow && { next }) });
      });
    });
}

interface ExecFlags extends Flags {
  readonly component?: App;
  readonly limit: number;
}

export function addExec(program: Command): void {
  onEnvironment(program.command('exec').argument('<host>', 'aws or gcp').argument('<command...>', 'after --; one word is a line of bash'))
    .description('run a command on a host, as root; its exit status is passed on')
    .addOption(new Option('--component <name>', 'instead: as its account, in its release, with its settings').choices(apps))
    .addOption(new Option('--limit <seconds>', 'after which it is ended').argParser(secondsFrom).default(300))
    .addHelpText(
      'after',
      `
It leaves an audit record with the command: give it no secret.
  dojang exec aws -- systemctl status nginx
  dojang exec aws -- 'journalctl -u nginx | tail -n 5'`,
    )
    .action((host: string, words: string[], { component, limit: limitSeconds, ...flags }: ExecFlags) =>
      runAudited('exec', flags, async (context, clouds) => {
        const { exec } = await import('../commands/exec/exec.ts');
        const options = { host, words, limitSeconds, ...(component && { component }) };
        const outcome = await exec(context, async () => (await hostsOf(clouds)).shell, options);
        if (!flags.json) process.stderr.write(outcome.data.stderr);
        return outcome;
      }),
    );
}

export function addShell(program: Command): void {
  onEnvironment(program.command('shell').argument('<host>', 'aws or gcp'))
    .description('a shell on a host, through Session Manager')
    .addHelpText('after', '\nIt leaves an audit record. Session Manager itself can record what is typed.')
    .action((host: string, flags: Flags) =>
      runAudited('shell', flags, async (context, clouds) => {
        const [{ shell }, { giveTerminal, missingPrograms }] = await Promise.all([
          import('../commands/shell/shell.ts'),
          import('../io/terminal/session.ts'),
        ]);
        const ports = async () => ({ session: (await hostsOf(clouds)).session, missing: missingPrograms, give: giveTerminal });
        return shell(context, ports, host);
      }),
    );
}

async function hostsOf(clouds: () => Promise<Clouds>) {
  return (await import('../runtime/clouds/hosts.ts')).requireHosts(await clouds());
}

function secondsFrom(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write whole seconds, from 1 to 9999');
}
