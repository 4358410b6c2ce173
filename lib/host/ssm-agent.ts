/** The agent of Systems Manager: how long a new machine may take until it is reached. */
import type { HostName } from '../ports/host-shell.ts';
import type { Progress } from '../ports/reporter.ts';

/**
 * Seconds from the start of a machine until its agent is registered. An agent that reached no
 * endpoint at its first try, because the static address comes after the boot, sleeps for five
 * minutes, and for longer after each further failure: two such sleeps, and the boot.
 * https://github.com/aws/amazon-ssm-agent/issues/616,
 * https://github.com/aws/amazon-ssm-agent/issues/202
 */
export const registersWithin = 900;

/** From here on the first try has failed, and the operator should know why it takes so long. */
const unusualSeconds = 60;

interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Until it is worth asking again. */
  pause(): Promise<unknown>;
}

export interface AgentWait {
  readonly host: HostName;
  readonly limitSeconds: number;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** Asks until the agent is registered: true; or until the limit has passed: false. */
export async function untilRegistered(
  isRegistered: () => Promise<boolean>,
  { host, limitSeconds, clock, progress }: AgentWait,
): Promise<boolean> {
  const begun = clock.now();
  while (!(await isRegistered())) {
    const passed = Math.round((clock.now() - begun) / 1000);
    if (passed >= limitSeconds) return false;
    progress(waitingForAgent(host, passed, limitSeconds));
    await clock.pause();
  }
  return true;
}

export function waitingForAgent(host: HostName, passedSeconds: number, limitSeconds: number): string {
  const waiting = `waiting for the agent of the ${host} host to register with Systems Manager: ${passedSeconds} of ${limitSeconds} s`;
  return passedSeconds < unusualSeconds ? waiting : `${waiting} (after a failed first try it sleeps for 5 minutes)`;
}
