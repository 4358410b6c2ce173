/**
 * What `dojang.config.ts` calls: it types the configuration and leaves the checking to
 * `environmentOf`.
 */
import type { ServiceInput } from './schema/schema.ts';

/**
 * The description of a service and its environments. Nothing is checked here, so that all faults
 * can be reported at once.
 */
export function defineService(service: ServiceInput): ServiceInput {
  return service;
}
