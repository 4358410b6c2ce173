/** All that the imitated service remembers, and what a test may turn. */
import type { Contract, Listing, Me, Note } from '../../../../apps/web/src/api/schemas.ts';

export interface Failure {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export type Ending = 'answered' | 'late' | 'unreadable';

export interface Sent {
  readonly key: string;
  readonly locale: string;
  readonly pages: readonly { readonly name: string; readonly type: string; readonly size: number; readonly text: string }[];
}

export class FakeState {
  person: Me | null = null;
  notes: Note[] = [];
  listings: Listing[] = [];
  contracts: Contract[] = [];
  /** What was submitted, as it arrived. */
  sent: Sent[] = [];
  /** How contracts end that are submitted from now on. */
  ending: Ending = 'answered';
  /** Milliseconds between two pieces of news; without it a test calls `advance`. */
  stepMs: number | undefined;
  /** By `METHOD /path`: what is answered instead. */
  readonly failures = new Map<string, Failure>();
  /** Ends the event streams that are open, as the service does after a while; clients reconnect. */
  readonly streams = new Set<() => void>();
  readonly #watchers = new Map<string, Set<() => void>>();
  #last = 100;

  nextId(): string {
    return String(++this.#last);
  }

  watch(id: string, notify: () => void): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(notify));
    return () => watchers.delete(notify);
  }

  /** Replaces a contract by its next state and notifies its watchers. */
  put(contract: Contract): void {
    this.contracts = this.contracts.map((each) => (each.id === contract.id ? contract : each));
    for (const notify of this.#watchers.get(contract.id) ?? []) notify();
  }

  endStreams(): void {
    for (const end of this.streams) end();
  }

  watched(id: string): number {
    return this.#watchers.get(id)?.size ?? 0;
  }

  reset(): void {
    Object.assign(this, { person: null, notes: [], listings: [], contracts: [], sent: [], ending: 'answered', stepMs: undefined });
    this.failures.clear();
  }
}

export const someone: Me = {
  id: '1',
  name: '김하늘',
  email: 'haneul@example.com',
  plan: 'free',
  limits: { perDay: 10, usedToday: 2 },
};
