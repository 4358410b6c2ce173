/** How a verb is run from the command line, and how its answer is printed. */
import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { explain } from '../../lib/errors/dojang-error.ts';
import { loadConfig } from '../io/config/config-file.ts';
import { type LocalLock, withLock } from '../io/lock.ts';
import { terminal } from '../io/terminal/terminal.ts';
import type { AuditTrail } from '../runtime/audit/trail.ts';
import type { CloudsOptions } from '../runtime/clouds/connect.ts';
import type { Clouds, Context } from '../runtime/context.ts';
import type { Outcome } from '../runtime/outcome.ts';
import { answerText, mismatchOf } from './answer-text.ts';

/** Options that every verb on an environment has. */
export interface Flags {
  readonly env: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly approve?: readonly string[];
  /** Only look, and change nothing. */
  readonly check?: boolean;
  /** Seconds. */
  readonly lockWait?: number;
}

export type Verb = (context: Context, clouds: () => Promise<Clouds>) => Promise<Outcome<unknown>>;

export function onEnvironment(command: Command): Command {
  return withAnswer(command).addOption(new Option('-e, --env <name>', 'environment of dojang.config.ts').default('local'));
}

/** A verb that changes the environment, one at a time. */
export function onEnvironmentToChange(command: Command): Command {
  return onEnvironment(command).addOption(
    new Option('--lock-wait <seconds>', 'seconds to wait for another command that changes the environment')
      .argParser(secondsFrom)
      .default(0),
  );
}

function secondsFrom(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes whole seconds, up to 99999.');
}

export function withAnswer(command: Command): Command {
  return command.option('--json', 'print the answer as JSON; progress goes to stderr').option('--verbose', 'show where an error came from');
}

export const dryRunOption = () => new Option('-n, --dry-run', 'print what would be done, and do nothing');

export const approveOption = () => new Option('--approve <id...>', 'let these resources be replaced or deleted this once').default([]);

/** Runs a verb that only reads. @throws what the verb throws, or the failure that it answers. */
export async function runVerb(flags: Flags, verb: Verb, needs: CloudsOptions = { start: false, machines: 'as-is' }): Promise<void> {
  const context = await contextOf(flags);
  const clouds = async () => (await import('../runtime/clouds/connect.ts')).connectClouds(context, needs);
  printAnswer(await verb(context, clouds), flags);
}

async function contextOf(flags: Flags, { quiet = flags.json ?? false } = {}): Promise<Context> {
  const report = terminal({ out: process.stdout, progress: quiet ? process.stderr : process.stdout });
  const options = { dryRun: flags.dryRun ?? false, approve: flags.approve ?? [] };
  return { environment: await loadConfig(flags.env), report, options };
}

/** What of the embedded clouds a verb that changes something may start. */
const starting = {
  up: { start: true, machines: 'start' },
  // What holds nothing has no machine to work on: only up fills it.
  provision: { start: false, machines: 'start' },
  deploy: { start: false, machines: 'start' },
  rollback: { start: false, machines: 'start' },
  dump: { start: false, machines: 'start' },
  restore: { start: false, machines: 'start' },
  // What is to be removed has to run, but no machine boots for it.
  down: { start: true, machines: 'as-is' },
  wire: { start: false, machines: 'as-is' },
  secret: { start: false, machines: 'as-is' },
  maintenance: { start: false, machines: 'as-is' },
} as const satisfies Record<string, CloudsOptions>;

/** As `runVerb`, for a verb that changes the environment: one at a time. Looking needs no lock. */
export async function runChange(name: keyof typeof starting, flags: Flags, verb: Verb, needs: Partial<CloudsOptions> = {}): Promise<void> {
  if (flags.dryRun || flags.check) return runVerb(flags, verb);
  const run = (own: LocalLock) => runLocked({ name, flags, verb, needs: { ...starting[name], ...needs }, own });
  return withLock(flags.env, name, run, { waitSeconds: flags.lockWait ?? 0 });
}

interface Change {
  readonly name: keyof typeof starting;
  readonly flags: Flags;
  readonly verb: Verb;
  readonly needs: CloudsOptions;
  /** The lock of this clone, under which that of all operators is taken. */
  readonly own: LocalLock;
}

async function runLocked(change: Change): Promise<void> {
  const [{ namingInterruption }, { typedWords }, bare] = await Promise.all([
    import('./interruption.ts'),
    import('../io/operator.ts'),
    contextOf(change.flags),
  ]);
  const interruptible = { words: typedWords(), report: bare.report, errors: process.stderr };
  return namingInterruption(interruptible, (report) => runNamed({ ...bare, report }, change));
}

async function runNamed(bare: Context, { name, flags, verb, needs, own }: Change): Promise<void> {
  const [{ sharedLock, underLock }, { auditedLock }, { operator }] = await Promise.all([
    import('../runtime/lock/shared-lock.ts'),
    import('../runtime/audit/trail.ts'),
    import('../io/operator.ts'),
  ]);
  const { environment, report } = bare;
  const { lockWait: waitSeconds = 0 } = flags;
  const trail = await trailOf(bare, name, own.id);
  const shared = sharedLock({ environment, report, verb: name, operator: operator(), ...own, waitSeconds, now: new Date() });
  const lock = auditedLock(shared, trail);
  const context = { ...bare, report: underLock(report, lock), lock };
  const clouds = async () => {
    const open = await (await import('../runtime/clouds/connect.ts')).connectClouds(context, needs);
    // What up asks before it changes anything may take a minute, and may say no.
    if (name !== 'up') await lock.ensure(open.aws);
    return open;
  };
  let outcome: Outcome<unknown>;
  try {
    outcome = await recorded(trail, () => verb(context, clouds));
  } finally {
    await lock.release();
  }
  printAnswer(outcome, flags);
}

/**
 * Runs a verb that leaves an audit record and needs no lock: one with which an operator looks into
 * what a command that holds the lock is doing, or frees it.
 */
export async function runAudited(name: string, flags: Flags, verb: Verb, needs?: CloudsOptions): Promise<void> {
  // What a command on a host prints may be read by a program: it is alone on stdout.
  const bare = await contextOf(flags, { quiet: true });
  const trail = await trailOf(bare, name, randomUUID());
  const clouds = async () => {
    const open = await (await import('../runtime/clouds/connect.ts')).connectClouds(bare, needs ?? { start: false, machines: 'as-is' });
    await trail.begin(open.aws);
    return open;
  };
  printAnswer(await recorded(trail, () => verb(bare, clouds)), flags);
}

async function trailOf({ environment, report }: Context, verb: string, id: string): Promise<AuditTrail> {
  const [{ auditTrail }, { operator, typedWords }, { headCommit }] = await Promise.all([
    import('../runtime/audit/trail.ts'),
    import('../io/operator.ts'),
    import('../io/git.ts'),
  ]);
  const now = () => new Date();
  return auditTrail({ environment, report, verb, words: typedWords(), operator: operator(), id, commit: headCommit(), now });
}

/** How the verb ends is part of its record. */
async function recorded(trail: AuditTrail, verb: () => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
  try {
    const outcome = await verb();
    await trail.end({ error: outcome.failure, status: outcome.failure?.status });
    return outcome;
  } catch (error) {
    await trail.end({ error });
    throw error;
  }
}

/** Failures that were printed with their answer. */
export const answered = new WeakSet<Error>();

/** Prints an answer; an answer that is a no is thrown after it. */
export function printAnswer<T>(outcome: Outcome<T>, { json = false }: Pick<Flags, 'json'> = {}): void {
  const { lines = [], failure } = outcome;
  const text = json ? answerText(outcome) : lines.join('\n');
  if (text !== '') process.stdout.write(`${text}\n`);
  // An answer that differs from its schema is an error of ours, and the tests of a command fail on
  // it. The product prints it all the same and says so on stderr: what took an hour to deploy must
  // not end as a failure, nor its answer be lost, because of a field.
  const mismatch = json ? mismatchOf(outcome.format, text) : undefined;
  if (mismatch) process.stderr.write(`${explain(mismatch)}\n`);
  if (failure) {
    if (json) answered.add(failure);
    throw failure;
  }
}
