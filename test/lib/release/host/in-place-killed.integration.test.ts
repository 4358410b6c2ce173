/**
 * Every script of a release in place killed at each of its lines: the link never leads nowhere, and
 * the next run ends as if nothing had been.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostStepId, rollBackScript } from '../../../../lib/release/host/index.ts';
import { type InPlace, InPlaceHost, states } from './in-place-host.ts';
import { contentOf, killedAt, linesOfStates, orderOf } from './states.ts';

let host: InPlaceHost;
beforeEach(() => {
  host = new InPlaceHost();
});
afterEach(() => host.remove());

/** What the scripts know by its time. */
const compared = ['unit', 'current', '.healthy'];

/** The state in which a step begins. @returns the script of the step */
async function before(app: InPlace, step: HostStepId): Promise<string> {
  host.install(app, await host.artifact('first'));
  const second = await host.artifact('second');
  const scripts = host.scripts(app, second);
  const index = scripts.findIndex((each) => each.step === step);
  for (const { script } of scripts.slice(0, index === -1 ? undefined : index)) host.run(script);
  return scripts[index]?.script ?? rollBackScript(app, { digest: second, reason: 'errors', healthSeconds: 2 }).script;
}

describe.each([
  ['web', 'switch', 'second'],
  ['web', 'roll-back', 'first'],
  ['ai', 'switch', 'second'],
  ['ai', 'restart', 'second'],
  ['ai', 'health', 'second'],
  ['ai', 'roll-back', 'first'],
] as const)('%s: %s, killed at any line', (app, step, expected) => {
  it('leaves a whole release, and carries on', async () => {
    const script = await before(app, step);
    host.save();
    const run = (...given: [script: string, before: string]) => host.run(...given);
    const seen = new Set<string>();
    for (const line of linesOfStates({ script, run, folder: host.folder, states })) {
      host.restore();
      // A part of a pipe may be the one that kills, when the last line is over.
      expect([-1, 0], line).toContain(host.run(script, killedAt(line)).code);
      expect(host.current(app), `killed at ${line}`).toMatch(/^(first|second)$/);
      const state = [contentOf(host.folder, states), ...orderOf(host.folder, states, compared)].join(' ');
      if (seen.has(state)) continue;
      seen.add(state);
      expect(host.run(script), line).toMatchObject({ code: 0 });
      expect([host.current(app), app === 'web' || host.isActive()], `run again after ${line}`).toEqual([expected, true]);
    }
  });
});
