/** One run of the engine: its events as notes for people, its locks cleared when stale, its failures in our words. */
import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation/index.js';
import { DojangError, messageOf } from '../../../lib/errors.ts';
import type { Progress } from '../../../lib/ports.ts';
import { clearLocks, locksIn } from './locks.ts';
import { runMark } from './run-mark.ts';
import { nameOf, type Session } from './session.ts';

/** What an operation of the Automation API takes from us. */
export interface RunOptions {
  readonly onEvent: (event: EngineEvent) => void;
  readonly userAgent: string;
  readonly suppressProgress: boolean;
}

/** The engine refused or failed; `errors` are its own words, one text for each fault. */
export class EngineFailed extends DojangError {
  readonly errors: readonly string[];

  constructor(errors: readonly string[], cause: unknown) {
    const told = errors.filter((error) => !/^(update|preview|refresh|destroy|import) failed$/.test(error));
    const guarded = protectedIn(told);
    if (guarded.length > 0)
      super('gcp-protected', `GCP: ${guarded.join(', ')} would be replaced or deleted`, protectedDetails(guarded, cause));
    else super('gcp-failed', `GCP: ${told[0] ?? firstLine(messageOf(cause))}`, { why: told.slice(1).join('\n  ') || undefined, cause });
    this.errors = errors;
  }
}

/** Names of the resources that the engine's protection has saved from these faults. */
export function protectedIn(errors: readonly string[]): string[] {
  const faults = errors.filter((text) => text.includes('`protect` flag'));
  return [...new Set(faults.flatMap((text) => /"(urn:pulumi:[^"]+)"/.exec(text)?.[1] ?? []).map(nameOf))];
}

function protectedDetails(names: readonly string[], cause: unknown) {
  const why = 'They hold data, an address or the machine.';
  return { why, next: `if that is meant, dojang up ${names.map((name) => `--approve ${name}`).join(' ')}`, cause };
}

/**
 * Runs one operation on the stack and tells what it does. A lock that a dead run left is cleared.
 * @throws EngineFailed, or DojangError `stack-locked` when someone else is at work.
 */
export async function engineRun<T>(
  session: Session,
  progress: Progress,
  operation: (options: RunOptions) => Promise<T>,
  onEvent: (event: EngineEvent) => void = () => undefined,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const errors: string[] = [];
    const notes = noteSteps(progress);
    const listen = (event: EngineEvent) => {
      notes(event);
      onEvent(event);
      if (event.diagnosticEvent?.severity === 'error') errors.push(plainText(event.diagnosticEvent.message));
    };
    try {
      return await operation({ onEvent: listen, userAgent: runMark(session), suppressProgress: true });
    } catch (cause) {
      const locks = locksIn(`${messageOf(cause)}\n${errors.join('\n')}`);
      if (locks.length === 0 || tries > 3) throw new EngineFailed(errors, cause);
      await clearLocks(session, locks, progress);
    }
  }
}

const doing: Readonly<Record<string, string>> = {
  create: 'creating',
  update: 'updating',
  delete: 'deleting',
  'create-replacement': 'creating',
  'delete-replaced': 'deleting',
  refresh: 'reading',
  import: 'adopting',
};

/** The newest step that still runs, as a note like `creating ai-machine`. */
function noteSteps(progress: Progress): (event: EngineEvent) => void {
  const running = new Map<string, string>();
  let told: string | undefined;
  return ({ resourcePreEvent, resOutputsEvent, resOpFailedEvent }) => {
    const started = resourcePreEvent?.metadata;
    const ended = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    const words = started && wordsFor(started);
    if (started && words) running.set(started.urn, words);
    if (ended) running.delete(ended.urn);
    const newest = [...running.values()].at(-1);
    if (newest && newest !== told) progress(newest);
    told = newest ?? told;
  };
}

function wordsFor({ op, type, urn }: StepEventMetadata): string | undefined {
  return type.startsWith('gcp:') && doing[op] ? `${doing[op]} ${nameOf(urn)}` : undefined;
}

/** Without the engine's colour marks like `<{%reset%}>`. */
function plainText(message: string): string {
  return message.replaceAll(/<\{%.*?%\}>/g, '').trim();
}

/** For an engine that ended before it could say anything, killed for example. */
function firstLine(text: string): string {
  const error = text.split('\n').find((line) => /error/.test(line));
  return error?.trim() ?? `the Pulumi engine ended without a reason (${text.split('\n')[0]?.trim()})`;
}
