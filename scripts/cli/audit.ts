/** The verb `audit`, and the options about time that it shares with `logs`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { sinceFrom } from '../../lib/values/since.ts';
import { type Flags, onEnvironment, runVerb } from './run-verb.ts';

export const sinceOption = (about: string, initial: string) =>
  new Option('--since <time>', `${about}: like 10m, 12h, 7d, 2026-11-28 or 2026-11-28T14:32:00Z`)
    .argParser(since)
    .default(since(initial), initial);

export const linesOption = (about: string, initial: number) => new Option('--lines <number>', about).argParser(lines).default(initial);

export function addAudit(program: Command): void {
  onEnvironment(program.command('audit').description('which commands have changed the environment: who, when, and how they ended'))
    .addOption(sinceOption('only those that began since then', '7d'))
    .addOption(linesOption('how many at most, the newest', 100))
    .action((flags: Flags & { since: Date; lines: number }) =>
      runVerb(flags, async (context, clouds) => (await import('../commands/audit/audit.ts')).audit(context, await clouds(), flags)),
    );
}

function since(text: string): Date {
  const time = sinceFrom(text, new Date());
  if (time) return time;
  throw new InvalidArgumentError('write how long ago, a day, or a time: 10m, 12h, 7d, 2026-11-28, 2026-11-28T14:32:00Z');
}

function lines(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number from 1 to 9999');
}
