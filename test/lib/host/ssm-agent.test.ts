import { describe, expect, it } from 'vitest';
import { registersWithin, untilRegistered } from '../../../lib/host/ssm-agent.ts';

/**
 * Waits for an agent that registers so many seconds after the boot, on a clock that only pauses
 * move.
 */
async function waitFor(agentSeconds: number, limitSeconds: number) {
  let seconds = 0;
  const notes: string[] = [];
  const clock = {
    now: () => seconds * 1000,
    pause: async () => {
      seconds += 5;
    },
  };
  const wait = { host: 'aws', limitSeconds, clock, progress: (note: string) => notes.push(note) } as const;
  return { registered: await untilRegistered(async () => seconds >= agentSeconds, wait), seconds, notes };
}

describe('an agent of Systems Manager', () => {
  it('that slept twice for five minutes after the boot is still waited for', async () => {
    expect(await waitFor(30 + 2 * 300, registersWithin)).toMatchObject({ registered: true, seconds: 630 });
    expect(await waitFor(30 + 2 * 300, 300)).toMatchObject({ registered: false });
  });

  it('that never registers is given up at the limit', async () => {
    expect(await waitFor(Number.POSITIVE_INFINITY, registersWithin)).toMatchObject({ registered: false, seconds: 900 });
  });

  it('is said to be waited for, and after a minute why that takes so long', async () => {
    const { notes } = await waitFor(65, 900);
    expect(notes[0]).toBe('waiting for the agent of the aws host to register with Systems Manager: 0 of 900 s');
    expect(notes.at(-1)).toMatch(/: 60 of 900 s \(after a failed first try it sleeps for 5 minutes\)$/);
  });
});
