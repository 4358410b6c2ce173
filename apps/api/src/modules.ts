/** What the application is made of beside its own routes. */

import type { Router } from './http/router.ts';
import type { Person } from './people/person.ts';

export interface ComponentHealth {
  readonly status: 'UP' | 'DOWN' | 'OUT_OF_SERVICE' | 'UNKNOWN';
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** The easy contracts: mounted at /api/contracts, where all requests are signed in. */
export interface ContractsPart {
  readonly routes: Router;
  /** Of the queue. */
  health(): Promise<ComponentHealth>;
  /** Of the AI server; reported, but does not affect the status. */
  aiHealth(): Promise<ComponentHealth>;
  /** Contracts of this person that count against the limit of the day. */
  usedToday(person: Person): Promise<number>;
}

export interface Parts {
  readonly contracts?: ContractsPart;
}
