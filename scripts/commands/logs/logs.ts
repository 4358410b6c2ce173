/** `dojang logs`: what nginx, the API and the AI server have written, of both hosts by time. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type LogLine, lineText, merged, timeOf } from '../../../lib/logs/page.ts';
import type { LogRequest } from '../../../lib/logs/script.ts';
import { type LogSources, logComponents, logSources } from '../../../lib/logs/sources.ts';
import type { HostName, HostShell } from '../../../lib/ports/host-shell.ts';
import type { App } from '../../../lib/release/artifact.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { logsAnswer } from './answer.ts';
import { type Read, readLogs } from './read.ts';

export interface LogsOptions {
  readonly since: Date;
  readonly now: Date;
  readonly lines: number;
  /** Waits before the next look; false ends following. None: it is not followed. */
  readonly next?: () => Promise<boolean>;
}

/**
 * Seconds: nginx writes a line up to a second after its time, which has whole seconds, and the
 * lines of one look must all be there.
 */
const followDelay = 3;

/** Lines of one look while following; what is more was cut, and that is said. */
const linesOfLook = 2000;

type Answer = Outcome<DataOf<typeof logsAnswer>>;

/** @throws DojangError `unknown-app`, `logs-failed`, `host-unreachable` when no host answers */
export async function logs(context: Context, shell: HostShell, named: string, options: LogsOptions): Promise<Answer> {
  const component = componentFrom(named);
  const { since, now, lines: most, next } = options;
  const request = { age: Math.max(1, (now.getTime() - since.getTime()) / 1000), lines: most, ...(next && { delay: followDelay }) };
  const sources = logSources(component);
  const first = await readAll(shell, new Map([...sources].map(([host, each]) => [host, { sources: each, request }])));
  const { lines, more, unreachable } = combined(first, most);
  for (const host of unreachable) context.report.note(`the ${host} host cannot be asked; its lines are missing`);
  const answer = { environment: context.environment.name, component, lines: lines.map(shown), more, unreachable };
  const cut = more ? [`(earlier lines since ${since.toISOString()} are left out: --lines, up to 9999)`] : [];
  const texts = [...cut, ...lines.map(lineText)];
  if (!next)
    return { format: logsAnswer, data: answer, lines: texts.length > 0 ? texts : [`no line of ${component} since ${since.toISOString()}`] };
  for (const line of texts) context.report.line(line);
  await follow(context, shell, { sources, first, next });
  return { format: logsAnswer, data: answer, lines: [] };
}

function componentFrom(named: string): App | 'all' {
  const found = logComponents.find((each) => each === named);
  if (found) return found;
  throw new DojangError('unknown-app', 'the name that was given is not one of a component with logs', {
    next: `dojang logs takes: ${logComponents.join(', ')}`,
  });
}

interface Look {
  readonly sources: LogSources;
  readonly request: LogRequest;
}

type Answers = ReadonlyMap<HostName, Read | DojangError>;

async function readAll(shell: HostShell, looks: ReadonlyMap<HostName, Look>): Promise<Answers> {
  const answers = [...looks].map(async ([host, { sources, request }]) => {
    const read = readLogs(shell, host, sources, request).catch((error: unknown) => {
      if (error instanceof DojangError) return error;
      throw error;
    });
    return [host, await read] as const;
  });
  return new Map(await Promise.all(answers));
}

/** The newest lines of all hosts. @throws the error of a host when none answers */
function combined(answers: Answers, most: number) {
  const reads = [...answers.values()].flatMap((each) => (each instanceof DojangError ? [] : [each]));
  const [error] = [...answers.values()].filter((each) => each instanceof DojangError);
  if (reads.length === 0 && error) throw error;
  const all = merged(reads.flatMap(({ lines }) => lines));
  const unreachable = [...answers].flatMap(([host, each]) => (each instanceof DojangError ? [host] : []));
  return { lines: all.slice(-most), more: all.length > most || reads.some(({ more }) => more), unreachable };
}

interface Following {
  readonly sources: ReadonlyMap<HostName, LogSources>;
  readonly first: Answers;
  readonly next: () => Promise<boolean>;
}

/** A host that does not answer once is asked for all that it missed at the next look. */
async function follow({ report }: Pick<Context, 'report'>, shell: HostShell, { sources, first, next }: Following): Promise<void> {
  const read = new Map([...first].flatMap(([host, each]) => (each instanceof DojangError ? [] : [[host, each.until] as const])));
  while (await next()) {
    const looks = [...read].map(([host, after]) => [host, lookAfter(sources.get(host), after)] as const);
    const answers = await readAll(shell, new Map(looks));
    const lines: LogLine[] = [];
    for (const [host, answer] of answers) {
      if (answer instanceof DojangError) continue;
      if (answer.more) report.note(`more than ${linesOfLook} lines at once on the ${host} host: earlier ones are left out`);
      lines.push(...answer.lines);
      read.set(host, answer.until);
    }
    for (const line of merged(lines)) report.line(lineText(line));
  }
}

function lookAfter(sources: LogSources = { units: {}, files: [] }, after: number): Look {
  return { sources, request: { after, delay: followDelay, lines: linesOfLook } };
}

function shown(line: LogLine) {
  const { host, source, text } = line;
  return { time: timeOf(line), host, source, text };
}
