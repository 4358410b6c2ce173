/**
 * One run of the engine: its events as progress notes, its locks cleared when stale, its failures
 * in our words.
 */
import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation/index.js';
import { messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { EngineFailed } from './failures.ts';
import { clearLocks, locksIn } from './locks.ts';
import { runMark } from './run-mark.ts';
import type { Session } from './session.ts';
import { nameOf } from './urn.ts';

/** What an operation of the Automation API takes from us. */
export interface RunOptions {
  readonly onEvent: (event: EngineEvent) => void;
  readonly userAgent: string;
  readonly suppressProgress: boolean;
}

/**
 * Runs one operation on the stack and reports its progress. A lock that a dead run left is cleared.
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
  let reported: string | undefined;
  return ({ resourcePreEvent, resOutputsEvent, resOpFailedEvent }) => {
    const started = resourcePreEvent?.metadata;
    const ended = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    const words = started && describeStep(started);
    if (started && words) running.set(started.urn, words);
    if (ended) running.delete(ended.urn);
    const newest = [...running.values()].at(-1);
    if (newest && newest !== reported) progress(newest);
    reported = newest ?? reported;
  };
}

function describeStep({ op, type, urn }: StepEventMetadata): string | undefined {
  return type.startsWith('gcp:') && doing[op] ? `${doing[op]} ${nameOf(urn)}` : undefined;
}

/** Without the engine's colour marks like `<{%reset%}>`. */
function plainText(message: string): string {
  return message.replaceAll(/<\{%.*?%\}>/g, '').trim();
}
