/** Runs a program against mocks, of which one answers late, and returns the events in order. */
import { runtime } from '@pulumi/pulumi';

export interface Event {
  readonly what: 'asked' | 'answered';
  readonly name: string;
}

/** What Google gives and no input says. */
export const assigned = { address: '198.51.100.10', email: 'dojang-prod-ai@dojang-prod.iam.gserviceaccount.com' };

export async function eventsOf(program: () => unknown, slow?: string): Promise<Event[]> {
  const events: Event[] = [];
  await runtime.setMocks(
    {
      call: ({ token }) => {
        throw new Error(`${token} looks something up`);
      },
      newResource: async ({ name, inputs }) => {
        events.push({ what: 'asked', name });
        if (name === slow) await quiet(events);
        events.push({ what: 'answered', name });
        return { id: name, state: { ...assigned, ...inputs } };
      },
    },
    'dojang',
    'prod',
  );
  await runtime.runInPulumiStack(async () => program());
  await runtime.disconnect();
  return events;
}

/**
 * Until nothing more is asked for or answered: every other resource is there, or waits for the slow
 * one.
 */
async function quiet(events: readonly Event[]): Promise<void> {
  const turns = 1000;
  for (let before = -1; before !== events.length; ) {
    before = events.length;
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Whether `later` was asked for only when `earlier` was there. */
export function comesAfter(events: readonly Event[], later: string, earlier: string): boolean {
  const there = events.findIndex(({ what, name }) => what === 'answered' && name === earlier);
  const asked = events.findIndex(({ what, name }) => what === 'asked' && name === later);
  return there >= 0 && asked > there;
}
