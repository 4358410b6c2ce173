/** Watches a release that has just got requests, window after window. */
import { setTimeout as wait } from 'node:timers/promises';
import { triggersOf } from '../../../../lib/release/plan/triggers.ts';
import { type Before, isSuspected, judgeWatch, type Sample, type Verdict } from '../../../../lib/release/plan/watch.ts';
import type { MeasureOptions } from '../../../../lib/release/probe/measure.ts';
import { type Measured, measure, type Probing } from './measure.ts';

export interface WatchOptions extends Pick<MeasureOptions, 'component' | 'port'> {
  readonly before: Before;
  /** How long it is watched at the least. */
  readonly seconds: number;
  /** @default the machine's */
  readonly clock?: WatchClock;
}

interface WatchClock {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

export interface Watched {
  readonly verdict: Verdict;
  /** What was measured, in a few words. */
  readonly note: string;
}

const windowSeconds = 10;

/** A host that cannot be asked so many times in a row is not watched. */
const mostFailures = 3;

/**
 * Ends as soon as the release is to be rolled back. One that is suspected at the end of its time is
 * watched up to as long again: a fault that begins late would else be left to the visitors.
 * @throws what the host's last answer threw, when it could not be measured several times in a row
 */
export async function watchRelease(probing: Probing, options: WatchOptions): Promise<Watched> {
  const { seconds, before, component, clock = { now: () => performance.now(), pause: wait } } = options;
  const window = Math.min(windowSeconds, seconds);
  const end = clock.now() + seconds * 1000;
  const samples: Sample[] = [];
  let from: string | undefined;
  let failures: unknown[] = [];
  let suspected = false;
  do {
    await clock.pause(window * 1000);
    const measured = await orFailure(measure(probing, { component, port: options.port, seconds: window, from }));
    if ('failure' in measured) {
      failures.push(measured.failure);
      if (failures.length >= mostFailures) throw measured.failure;
      continue;
    }
    failures = [];
    samples.push(...measured.samples);
    from = measured.until;
    const verdict = judgeWatch(samples, before, triggersOf(component));
    const note = noteOf(samples, before);
    if (verdict.do === 'roll-back') return { verdict, note };
    suspected = isSuspected(samples, measured.samples, before, triggersOf(component));
    probing.progress(note);
  } while (clock.now() < (suspected ? end + seconds * 1000 : end));
  if (samples.length === 0) throw failures.at(-1);
  return { verdict: { do: 'keep' }, note: noteOf(samples, before) };
}

async function orFailure(measuring: Promise<Measured>): Promise<Measured | { readonly failure: unknown }> {
  return measuring.catch((failure: unknown) => ({ failure }));
}

function noteOf(samples: readonly Sample[], before: Before): string {
  const windows = samples.flatMap((sample) => (sample.kind === 'window' ? [sample] : []));
  const requests = windows.reduce((sum, each) => sum + each.requests, 0);
  const errors = windows.reduce((sum, each) => sum + each.errors, 0);
  const slowest = Math.round(Math.max(0, ...windows.map(({ p95Milliseconds }) => p95Milliseconds)));
  const compared = before ? ` (before ${Math.round(before.p95Milliseconds)} ms)` : '';
  return requests === 0 ? 'no requests' : `${requests} requests, ${errors} failed, p95 ${slowest} ms${compared}`;
}
