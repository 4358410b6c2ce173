/**
 * Every script of a release in place killed at each of its lines: the link never leads nowhere, and
 * the next run ends as if nothing had been.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostStepId, rollBackScript } from '../../../../lib/release/host/index.ts';
import { type InPlace, InPlaceHost } from './in-place-host.ts';

let host: InPlaceHost;
beforeEach(() => {
  host = new InPlaceHost();
});
afterEach(() => host.remove());

const traced = `trap 'echo "at $LINENO" >&2' DEBUG; set -o functrace; `;
const killedAt = (line: string) => `trap '[ "$LINENO" != ${line} ] || kill -9 $$' DEBUG; set -o functrace; `;

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
    const { code, stderr } = host.run(script, traced);
    expect(code).toBe(0);
    const lines = [...new Set([...stderr.matchAll(/^at (\d+)$/gm)].map(([, line = '']) => line))];
    // Until it holds the lock it changes nothing.
    const locked = lines.indexOf(`${script.split('\n').findIndex((line) => line.includes('flock -w')) + 1}`);
    expect(lines.length - locked).toBeGreaterThan(10);
    for (const line of lines.slice(locked)) {
      host.restore();
      // A part of a pipe may be the one that kills, when the last line is over.
      expect([-1, 0], line).toContain(host.run(script, killedAt(line)).code);
      expect(host.current(app), `killed at ${line}`).toMatch(/^(first|second)$/);
      expect(host.run(script), line).toMatchObject({ code: 0 });
      expect([host.current(app), app === 'web' || host.isActive()], `run again after ${line}`).toEqual([expected, true]);
    }
  });
});
