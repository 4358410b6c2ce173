/** What the router's context carries through a request. */
import type { Logger } from '../log.ts';
import type { Person } from './person.ts';

export interface AppEnv {
  Variables: {
    requestId: string;
    /** Bears the request's id in each line. */
    log: Logger;
    /** Set on paths that look for a session. */
    person?: Person;
  };
}
