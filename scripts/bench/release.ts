/**
 * Releases under a constant load, on the embedded hosts: what visitors notice of ten releases of
 * the API, beside ten restarts in place.
 */
import { join } from 'node:path';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { servingUnit, slotState } from '../../lib/host/slots/state.ts';
import { run } from '../io/process/processes.ts';
import { root } from '../io/state.ts';
import { type LoadHost, onHost } from './hosts.ts';
import { interrupted } from './interrupt.ts';
import { say } from './say.ts';
import { sayMeasurements, sleep, underLoad } from './under-load.ts';

export interface ReleaseBenchOptions {
  readonly releases: number;
  /** Seconds of load that the others are compared with. */
  readonly seconds: number;
}

/** @throws DojangError `bench-failed` where there are no two releases of the API to go between */
export async function benchRelease({ releases, seconds }: ReleaseBenchOptions): Promise<void> {
  const [one, other] = await twoReleases();
  const took: string[] = [];
  const visited = await underLoad(async ({ place, visitors }) => {
    await visitors.during('nothing', () => sleep(seconds));
    for (let turn = 0; turn < releases; turn++) {
      const began = performance.now();
      const said = await visitors.during(`release ${turn + 1}`, () => rollBackTo(turn % 2 === 0 ? one : other));
      took.push(`${((performance.now() - began) / 1000).toFixed(0)} s (switch ${/switch +([\d.]+ s)/.exec(said)?.[1] ?? 'unknown'})`);
    }
    for (let turn = 0; turn < releases; turn++) await visitors.during(`restart ${turn + 1}`, () => restart(place));
  });
  const named = (name: string) => visited.measurements.filter((each) => each.name.startsWith(name));
  sayMeasurements(visited, {
    without: named('nothing'),
    [`${releases} releases`]: named('release'),
    [`${releases} restarts`]: named('restart'),
  });
  say(`  releases took ${took.join(', ')}`);
}

/** Their ids: a release goes from the one to the other and back. */
async function twoReleases(): Promise<readonly [string, string]> {
  const { stdout } = await dojang('releases', 'api', '--json');
  const { releases } = JSON.parse(stdout) as {
    readonly releases: readonly { readonly id: string; readonly digest: string; readonly outcome: string }[];
  };
  const serving = releases.find(({ outcome }) => outcome === 'serving');
  const earlier = releases.find(({ outcome, digest }) => outcome === 'superseded' && digest !== serving?.digest);
  if (serving && earlier) return [earlier.id, serving.id];
  throw new DojangError('bench-failed', 'there are no two releases of the API to go between', {
    next: 'change something in apps/api, then dojang deploy api',
  });
}

/** The release that is left counts as bad, so the way back to it has to be approved. */
async function rollBackTo(id: string): Promise<string> {
  const { stdout, stderr } = await dojang('rollback', 'api', id, '--approve', id, '--watch', '0');
  return `${stdout}${stderr}`;
}

function dojang(...args: readonly string[]) {
  return run(process.execPath, [join(root, 'bin/dojang.ts'), ...args], { signal: interrupted, cwd: root });
}

const restart = (place: LoadHost) => onHost(place, 'aws', `${slotState}\nsystemctl restart ${servingUnit}`);
