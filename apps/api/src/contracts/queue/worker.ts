/**
 * Works through the line: takes contracts as far as there is room at the AI server, asks it, and
 * writes down how each ended.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Serves } from '../../serving.ts';
import type { AiClient, Outcome } from '../ai/client.ts';
import { isDatabaseDown } from '../database.ts';
import { type Breaker, backoffMs } from './breaker.ts';
import { FailedBefore } from './failed-before.ts';
import type { Claim, Leases } from './leases.ts';
import { keyOf, type Outcomes } from './outcomes.ts';
import { peopleAtLimit } from './person-share.ts';

export interface QueueWorkerOptions {
  readonly ai: AiClient;
  readonly leases: Leases;
  readonly outcomes: Outcomes;
  readonly breaker: Breaker;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly concurrency: number;
  /**
   * How long a call goes on after its contract's deadline: its answer then serves the person who
   * submits the same again.
   */
  readonly graceMs: number;
  readonly pollMs: number;
  readonly heartbeatMs: number;
  /** How long calls may go on when the process is asked to end. */
  readonly drainMs: number;
  /** Contracts with less time left come after all others: their answer would come too late. */
  readonly leastMs: () => number;
  /** Called when a contract has been taken or has ended. */
  readonly changed: () => void;
  /** Asked before each contract that is taken; those that are taken are worked on to their end. */
  readonly serves: Serves;
}

const longestWriteBackoffMs = 2_000;
/**
 * Before we give a call up: the AI server's word that a contract was too costly must still reach
 * us.
 */
const verdictMs = 2_000;

export class QueueWorker {
  readonly #options: QueueWorkerOptions;
  readonly #running = new Map<Claim, Promise<void>>();
  readonly #failedBefore = new FailedBefore();
  /** Ends the loop; then, after the drain, the calls. */
  readonly #stopping = new AbortController();
  readonly #givingUp = new AbortController();
  #wake: () => void = () => undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: QueueWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#stopping.signal.aborted) return;
    this.#heartbeat = setInterval(() => this.#renew(), this.#options.heartbeatMs);
    this.#loop = this.#work();
  }

  /** There may be something to take: look now. */
  wake(): void {
    this.#wake();
  }

  /** Takes nothing more, lets calls end for a while, and gives back what is not done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#loop;
    const all = Promise.allSettled(this.#running.values());
    await Promise.race([all, wait(this.#options.drainMs, undefined, { ref: false })]);
    this.#givingUp.abort();
    await all;
    clearInterval(this.#heartbeat);
  }

  async #work(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#takeAll();
        failures = 0;
      } catch (error) {
        if (failures++ === 0) this.#options.log.warn({ err: error }, 'contracts could not be taken from the line');
      }
      await this.#sleep(failures === 0 ? this.#options.pollMs : backoffMs(failures, 200, 5_000));
    }
  }

  async #takeAll(): Promise<void> {
    const { breaker, leases, concurrency, serves } = this.#options;
    while (!this.#stopping.signal.aborted && breaker.room(this.#running.size, concurrency) > 0) {
      if (!(await serves())) return;
      const claim = await leases.next({ leastMs: this.#options.leastMs(), notOf: peopleAtLimit(this.#running.keys(), concurrency) });
      if (!claim) return;
      this.#begin(claim);
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #begin(claim: Claim): void {
    const { log, changed, breaker } = this.#options;
    breaker.began();
    const done = this.#answer(claim)
      // Its lease runs out, and it is taken again.
      .catch((error) => log.error({ err: error, contract: claim.id }, 'contract failed'))
      .finally(() => {
        this.#running.delete(claim);
        changed();
        this.#wake();
      });
    this.#running.set(claim, done);
    changed();
  }

  async #answer(claim: Claim): Promise<void> {
    const { outcomes, leases, ai, clock, graceMs } = this.#options;
    // The answer to an earlier try of the same person may have come meanwhile, after its deadline.
    const known = await this.#written(() => outcomes.cached(keyOf(claim)));
    if (known) return this.#logEnd(claim, 'answered before', await this.#written(() => outcomes.answeredBefore(claim, known)));
    const pages = await this.#written(() => leases.pages(claim));
    const remainingMs = Math.max(1, claim.deadlineAt.getTime() + graceMs - clock().getTime());
    const signal = AbortSignal.any([this.#givingUp.signal, AbortSignal.timeout(remainingMs)]);
    const waitSeconds = Math.max(1, Math.floor((remainingMs - verdictMs) / 1000));
    await this.#end(claim, await ai.ask({ requestId: claim.id, locale: claim.locale, pages, waitSeconds }, signal));
  }

  async #end(claim: Claim, outcome: Outcome): Promise<void> {
    const { outcomes, breaker } = this.#options;
    switch (outcome.kind) {
      case 'answer':
        breaker.reached();
        return this.#logEnd(claim, 'answered', await this.#written(() => outcomes.answered(claim, outcome.answer)));
      case 'unreadable':
        breaker.reached();
        return this.#logEnd(claim, outcome.reason, await this.#written(() => outcomes.unreadable(claim)));
      case 'costly':
        breaker.reached();
        return this.#logEnd(claim, outcome.reason, await this.#written(() => outcomes.costly(claim)));
      case 'unavailable':
        breaker.failed(outcome.retryAfterMs);
        return this.#again(claim, outcome.reason);
      case 'failed':
        breaker.reached();
        return outcome.own ? this.#ownFailure(claim, outcome.reason) : this.#again(claim, outcome.reason);
      case 'given up':
        breaker.unknown();
        return this.#again(claim, outcome.kind);
    }
  }

  /**
   * The first time it is tried again. The second time the contract is the reason: it ends and
   * counts, or it would be tried until its deadline.
   */
  async #ownFailure(claim: Claim, reason: string): Promise<void> {
    if (this.#failedBefore.isFirst(claim.id)) return this.#again(claim, reason);
    return this.#logEnd(claim, reason, await this.#written(() => this.#options.outcomes.unreadable(claim)));
  }

  #logEnd(claim: Claim, how: string, first: boolean): void {
    const now = this.#options.clock().getTime();
    const waitedMs = claim.startedAt.getTime() - claim.createdAt.getTime();
    const line = { contract: claim.id, how, waitedMs, tookMs: now - claim.startedAt.getTime(), attempt: claim.attempts + 1 };
    this.#options.log.info(line, first ? 'contract ended' : 'contract had ended without this answer');
  }

  async #again(claim: Claim, reason: string): Promise<void> {
    const { leases, clock, log } = this.#options;
    const now = clock().getTime();
    // The friendly answer ends it.
    if (now >= claim.deadlineAt.getTime()) return;
    log.warn({ contract: claim.id, reason, attempt: claim.attempts + 1 }, 'contract will be tried again');
    const tryAt = new Date(now + (this.#givingUp.signal.aborted ? 0 : backoffMs(claim.attempts)));
    await this.#written(() => leases.giveBack(claim, tryAt));
  }

  /**
   * Goes on while MySQL restarts; the lease decides whether the result still counts. A process that
   * ends does not wait for it.
   */
  async #written<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseDown(error) || this.#givingUp.signal.aborted) throw error;
        await wait(backoffMs(attempt, 100, longestWriteBackoffMs), undefined, { signal: this.#givingUp.signal }).catch(() => undefined);
      }
    }
  }

  #renew(): void {
    const { leases, log } = this.#options;
    leases.renew([...this.#running.keys()]).catch((error) => log.warn({ err: error }, 'leases could not be renewed'));
  }
}
