/** A command that a signal ends says what it was doing, and how to carry on. */

import { quoted } from '../../lib/host/bash/bash-template.ts';
import type { Reporter } from '../../lib/ports/reporter.ts';
import { listText } from '../../lib/values/list-text.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interruptible {
  /** As typed after `dojang`: what is run again. */
  readonly words: readonly string[];
  readonly report: Reporter;
  readonly errors: { write(text: string): unknown };
}

/**
 * Runs `work` with a reporter whose running tasks are named when a signal comes. The signal then
 * ends the process as it would have: nothing is undone, every verb goes on where one was killed.
 */
export async function namingInterruption<T>({ words, report, errors }: Interruptible, work: (report: Reporter) => Promise<T>): Promise<T> {
  const running: string[] = [];
  const handlers = signals.map((name) => {
    const handler = () => {
      errors.write(interruptionText(name, words, running));
      stop();
      process.kill(process.pid, name);
    };
    process.on(name, handler);
    return [name, handler] as const;
  });
  const stop = () => {
    for (const [name, handler] of handlers) process.off(name, handler);
  };
  try {
    return await work(listing(report, running));
  } finally {
    stop();
  }
}

/** A reporter that keeps the names of the tasks that run. */
function listing(report: Reporter, running: string[]): Reporter {
  return {
    ...report,
    async task(name, work, done) {
      running.push(name);
      try {
        return await report.task(name, work, done);
      } finally {
        running.splice(running.indexOf(name), 1);
      }
    },
  };
}

function interruptionText(signal: NodeJS.Signals, words: readonly string[], running: readonly string[]): string {
  const during = running.length > 0 ? ` during ${listText(running)}` : '';
  return [
    `dojang: ${words[0] ?? 'it'} was interrupted (${signal})${during}`,
    '  What is done stays, and what was begun is finished by the next run.',
    `  Next: dojang ${words.map((word) => (/^[\w.,:=/@-]+$/.test(word) ? word : quoted(word))).join(' ')}`,
    '',
  ].join('\n');
}
