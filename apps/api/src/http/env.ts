/** What the router's context carries through a request. */
import type { HttpBindings } from '@hono/node-server';
import type { Logger } from '../log.ts';
import type { Person } from '../people/person.ts';

export interface AppEnv {
  /** Of the socket; absent where a test calls the application itself. */
  Bindings: Partial<HttpBindings> | undefined;
  Variables: {
    requestId: string;
    /** Bears the request's id in each line. */
    log: Logger;
    /** Set on paths that look for a session. */
    person?: Person;
  };
}
