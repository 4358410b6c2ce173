/** Judges a release that serves, by what was measured since. */
import { type Scope, type Signal, type Trigger, watchLimits } from './triggers.ts';

/** In the order of time. */
export type Sample =
  /** `note`: what it saw, in a few words; of a response time, of which request it is. */
  | { readonly kind: 'probe'; readonly signal: Signal; readonly ok: boolean; readonly seconds: number; readonly note?: string }
  /**
   * The requests of some seconds. `errors` are answers of 500 and above, and connections refused.
   */
  | { readonly kind: 'window'; readonly requests: number; readonly errors: number; readonly p95Milliseconds: number };

/** The requests just before the release was switched to; undefined where there were none. */
export type Before = { readonly errorRate: number; readonly p95Milliseconds: number } | undefined;

export type Verdict =
  | { readonly do: 'keep' }
  | { readonly do: 'roll-back'; readonly scope: Exclude<Scope, 'nothing'>; readonly reason: string };

/**
 * Of several triggers the one with the widest scope decides: out of memory restarts the machine
 * even where the analysis failed too.
 * @param triggers those of the component
 */
export function judgeWatch(samples: readonly Sample[], before: Before, triggers: readonly Trigger[]): Verdict {
  const found = [...triggers.flatMap((trigger) => firedBy(samples, trigger)), ...requestFaults(samples, before)];
  return found.find((each) => each.do === 'roll-back' && each.scope === 'release-and-machine') ?? found[0] ?? { do: 'keep' };
}

/**
 * Whether the release would be rolled back if it went on as in its last window.
 * @param last of all samples, those of this window
 */
export function isSuspected(samples: readonly Sample[], last: readonly Sample[], before: Before, triggers: readonly Trigger[]): boolean {
  const goneOn = Array.from({ length: watchLimits.windows - 1 }, () => last).flat();
  return judgeWatch([...samples, ...goneOn], before, triggers).do === 'roll-back';
}

function firedBy(samples: readonly Sample[], { signal, threshold, scope, condition }: Trigger): readonly Verdict[] {
  const probes = samples.flatMap((sample) => (sample.kind === 'probe' && sample.signal === signal ? [sample] : []));
  if (scope === 'nothing') return [];
  if (threshold.is === 'consecutive') {
    const failed = longestRun(probes.map(({ ok }) => !ok));
    const note = probes.findLast(({ ok }) => !ok)?.note;
    const reason = `${condition}: ${failed} in a row${note ? ` (${note})` : ''}`;
    return failed < threshold.times ? [] : [{ do: 'roll-back', scope, reason }];
  }
  // Each request for itself: between quick ones, a slow one would not show.
  return [...new Set(probes.map(({ note }) => note))].flatMap((request) => {
    const times = probes.filter(({ note }) => note === request).map(({ seconds }) => seconds);
    const mean = highestMean(times, threshold.of);
    const reason = `${condition}: ${mean.toFixed(1)} s, the mean of ${threshold.of}${request ? ` (${request})` : ''}`;
    return mean <= threshold.overSeconds ? [] : [{ do: 'roll-back', scope, reason } as const];
  });
}

function requestFaults(samples: readonly Sample[], before: Before): readonly Verdict[] {
  const windows = samples.flatMap((sample) => (sample.kind === 'window' && sample.requests > 0 ? [sample] : []));
  const errorLimit = Math.max(watchLimits.errorRate, before?.errorRate ?? 0);
  const requests = sum(windows.map((each) => each.requests));
  const errors = sum(windows.map((each) => each.errors));
  const verdicts: Verdict[] = [];
  if (errors >= watchLimits.failedRequests && errors > errorLimit * requests) {
    const rate = `${errors} of ${requests} requests failed`;
    verdicts.push({ do: 'roll-back', scope: 'release', reason: `${rate}, more than ${percent(errorLimit)}` });
  }
  if (before) {
    const limit = Math.max(watchLimits.p95FloorMilliseconds, watchLimits.p95Factor * before.p95Milliseconds);
    const slow = longestRun(windows.map(({ p95Milliseconds }) => p95Milliseconds > limit));
    const reason = `p95 over ${Math.round(limit)} ms ${slow} times in a row (before ${Math.round(before.p95Milliseconds)} ms)`;
    if (slow >= watchLimits.windows) verdicts.push({ do: 'roll-back', scope: 'release', reason });
  }
  return verdicts;
}

function longestRun(flags: readonly boolean[]): number {
  let run = 0;
  let longest = 0;
  for (const flag of flags) {
    run = flag ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** 0 where there are fewer values. */
function highestMean(values: readonly number[], of: number): number {
  const means = values.slice(of - 1).map((_, index) => sum(values.slice(index, index + of)) / of);
  return Math.max(0, ...means);
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
const percent = (rate: number) => `${Number((rate * 100).toFixed(1))} %`;
