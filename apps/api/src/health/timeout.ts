/** A question about health that is answered in time, whatever hangs, and asked once at a time. */
import type { ComponentHealth } from '../modules.ts';
import { within } from '../time-limit.ts';

export type HealthCheck = () => Promise<ComponentHealth>;

/**
 * DOWN when there is no answer in time or the question fails. While one is still open, it is not
 * asked again.
 */
export function limited(ask: HealthCheck, limitMs: number): HealthCheck {
  let open: Promise<ComponentHealth> | undefined;
  return () => {
    open ??= ask()
      .catch(down)
      .finally(() => {
        open = undefined;
      });
    return within(open, limitMs).catch(down);
  };
}

/** The code is enough: a message may contain addresses and accounts. */
function down(error: Error & { code?: unknown }): ComponentHealth {
  return { status: 'DOWN', details: { error: error.code === undefined ? error.message : String(error.code) } };
}
