/**
 * The easy contracts: submitted here, kept in a durable queue, answered by the AI server, reported
 * by event streams.
 */
import type { Deps } from '../deps.ts';
import type { ContractsPart } from '../modules.ts';
import { AiClient } from './ai/client.ts';
import { Health } from './health.ts';
import { Views } from './progress/contract-views.ts';
import { ProcessingTime } from './progress/processing-time.ts';
import { QueuePositions } from './progress/queue-position.ts';
import { type StreamLimits, streamLimits } from './progress/stream-registry.ts';
import { Watchers } from './progress/watchers.ts';
import { Breaker } from './queue/breaker.ts';
import { Leases } from './queue/leases.ts';
import { Maintenance } from './queue/maintenance.ts';
import { Outcomes } from './queue/outcomes.ts';
import { QueueWorker } from './queue/worker.ts';
import { contractRoutes } from './routes.ts';
import { ContentReader } from './submission/content-reader.ts';
import { Submissions } from './submission/submit.ts';

/** Intervals that a test shortens. */
export interface Tuning {
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  readonly pollMs: number;
  readonly drainMs: number;
  /** Twice the usual deadline: an event stream that lasts longer waits for nothing. */
  readonly streamMs: number;
  readonly streams: StreamLimits;
}

const usual: Tuning = {
  ...{ leaseMs: 30_000, heartbeatMs: 10_000, pollMs: 1_000, drainMs: 10_000 },
  ...{ streamMs: 600_000, streams: streamLimits },
};

/** Of the deadline: so long a call may go on after it, for the cache. */
const graceShare = 0.1;

export interface RunningContracts extends ContractsPart {
  /** Begins to work through the line, as long as this process serves. */
  start(): void;
  /**
   * Ends all streams with a hint to reconnect, waits a while for calls to end and releases the
   * rest. May be called again.
   */
  stop(): Promise<void>;
  /** Ends the processes that read bodies: when no request can bring one any more. */
  close(): Promise<void>;
}

export function contractsPart(deps: Deps, tuning: Partial<Tuning> = {}): RunningContracts {
  const { db, clock, log, settings, serves } = deps;
  const { leaseMs, heartbeatMs, pollMs, drainMs, streamMs, streams } = { ...usual, ...tuning };
  const { concurrency, deadlineSeconds } = settings.ai;
  const deadlineMs = deadlineSeconds * 1000;
  const ai = aiClient(deps);
  const breaker = new Breaker(() => performance.now());
  const leases = new Leases(db, clock, leaseMs);
  const outcomes = new Outcomes(db, clock);
  const pace = new ProcessingTime(db, clock);
  const reader = new ContentReader({ limits: settings, log });
  const submissions = new Submissions({ db, clock, outcomes, deadlineSeconds, maxBytes: settings.maxBytes });
  const positions = new QueuePositions({ db, clock, pace, concurrency, stalled: () => breaker.isOpen });
  const views = new Views(db, positions);
  const watchers = new Watchers({
    ...{ positions, log, pollMs, maxAgeMs: streamMs, limits: streams },
    views: (ids) => views.of(ids),
    endLate: () => outcomes.late(),
  });
  const health = new Health({ db, clock, ai, breaker });
  const changed = () => watchers.poke();
  const worker =
    ai &&
    new QueueWorker({
      ...{ ai, leases, outcomes, breaker, clock, log, concurrency, pollMs, heartbeatMs, drainMs, changed, serves },
      graceMs: deadlineMs * graceShare,
      leastMs: () => Math.min(pace.typicalMs ?? 0, deadlineMs / 2),
    });
  const maintenance = new Maintenance({ db, clock, log, leases, outcomes, pace, everyMs: pollMs, changed, serves });
  const submitted = () => {
    worker?.wake();
    watchers.poke();
  };
  let stopped: Promise<void> | undefined;
  const end = async () => {
    await Promise.all([watchers.stop(), worker?.stop(), maintenance.stop()]);
    await ai?.close();
  };
  const stop = () => {
    stopped ??= end();
    return stopped;
  };
  return {
    routes: contractRoutes({ settings, reader, submissions, views, watchers, submitted }),
    health: () => health.queue(),
    aiHealth: () => health.ai(),
    usedToday: ({ id }) => submissions.usedToday(id),
    start: () => {
      deps.stopping.addEventListener('abort', () => void stop(), { once: true });
      reader.start();
      // First how long answers take, then whose turn it is.
      void maintenance.start().then(() => worker?.start());
    },
    stop,
    close: () => reader.stop(),
  };
}

function aiClient({ settings: { ai }, log }: Deps): AiClient | undefined {
  if (ai.url === undefined) return undefined;
  return new AiClient(ai.url, { ca: ai.caFile, cert: ai.certFile, key: ai.keyFile, name: ai.name }, log);
}
