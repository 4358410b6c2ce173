/**
 * Releases under a constant load, on the embedded hosts: what visitors notice of ten releases of
 * the API, beside ten restarts in place.
 */
import { join } from 'node:path';
import { text as all } from 'node:stream/consumers';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { servingUnit, slotState } from '../../lib/host/slots/state.ts';
import { tableLines } from '../../lib/text/table.ts';
import type { ChildProcess } from '../io/process/processes.ts';
import { run, start } from '../io/process/processes.ts';
import { root } from '../io/state.ts';
import { type LoadHost, openHosts } from './hosts.ts';
import { interrupted } from './interrupt.ts';
import { peopleStatements, tokenOf } from './people.ts';
import type { Measurement, VisitorsTask } from './release-visitors.ts';
import { say } from './say.ts';

export interface ReleaseBenchOptions {
  readonly releases: number;
  /** Seconds of load that the others are compared with. */
  readonly seconds: number;
}

const connections = 50;
/** Milliseconds between two requests of a visitor: 250 requests a second in all. */
const pause = 200;

/** @throws DojangError `bench-failed` where there are no two releases of the API to go between */
export async function benchRelease({ releases, seconds }: ReleaseBenchOptions): Promise<void> {
  const place = await openHosts();
  const [one, other] = await twoReleases();
  say(`releases: ${connections} connections, half reads and half writes, ${(1000 / pause) * connections} requests a second`);
  const seed = `bench-${Date.now()}`;
  await onHost(place, peopleStatements(seed, connections));
  try {
    const visitors = beginVisitors(place, seed);
    await visitors.during('nothing', () => sleep(seconds));
    const took: number[] = [];
    for (let turn = 0; turn < releases; turn++) {
      const began = performance.now();
      await visitors.during(`release ${turn + 1}`, () => rollBackTo(turn % 2 === 0 ? one : other));
      took.push((performance.now() - began) / 1000);
    }
    for (let turn = 0; turn < releases; turn++) await visitors.during(`restart ${turn + 1}`, () => restart(place));
    await report(await visitors.end(), took);
  } finally {
    await onHost(place, `mysql dojang -e "DELETE FROM people WHERE issuer = '${seed}'"`);
  }
}

function report(measured: readonly Measurement[], took: readonly number[]): void {
  const before = measured.find(({ name }) => name === 'nothing');
  const rows = ['nothing', 'release', 'restart'].map((kind) => {
    const of = measured.filter(({ name }) => name.startsWith(kind));
    const sum = (value: (each: Measurement) => number) => of.reduce((total, each) => total + value(each), 0);
    const p99 = Math.max(...of.map((each) => each.p99));
    const gap = Math.max(...of.map((each) => each.longestGap));
    const ratio = before && before.p99 > 0 ? (p99 / before.p99).toFixed(1) : '-';
    return [
      kind === 'nothing' ? 'without' : `${of.length} ${kind}s`,
      `${sum((each) => each.requests)}`,
      `${sum((each) => each.failed)}`,
      `${p99} ms`,
      ratio,
      `${gap} ms`,
    ];
  });
  const head = ['', 'requests', 'failed', 'p99 at most', 'to before', 'longest gap'];
  for (const line of tableLines(
    [{}, { align: 'right' }, { align: 'right' }, { align: 'right' }, { align: 'right' }, { align: 'right' }],
    [head, ...rows],
  ))
    say(line);
  say(`  a release took ${took.map((each) => each.toFixed(0)).join(', ')} s`);
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
const rollBackTo = (id: string) => dojang('rollback', 'api', id, '--approve', id, '--watch', '0');

function dojang(...args: readonly string[]) {
  return run(process.execPath, [join(root, 'bin/dojang.ts'), ...args], { signal: interrupted, cwd: root });
}

const restart = (place: LoadHost) => onHost(place, `${slotState}\nsystemctl restart ${servingUnit}`);

async function onHost({ shell }: LoadHost, script: string): Promise<void> {
  const { code, stdout, stderr } = await shell.run('aws', script, { comment: 'benchmark', limitSeconds: 300 });
  if (code !== 0) throw new DojangError('bench-failed', `a step of the benchmark ended with ${code}`, { why: `${stdout}${stderr}`.trim() });
}

interface Visitors {
  during(name: string, work: () => Promise<unknown>): Promise<void>;
  end(): Promise<readonly Measurement[]>;
}

function beginVisitors({ visitor, address, publicUrl }: LoadHost, seed: string): Visitors {
  const program = [process.execPath, join(import.meta.dirname, 'release-visitors.ts')];
  const child: ChildProcess = start('ip', ['netns', 'exec', visitor, ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    signal: interrupted,
  });
  child.once('error', () => undefined);
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the visitors have no input or output');
  const printed = all(stdout);
  const cookies = Array.from({ length: connections }, (_, index) => `__Host-session=${tokenOf(seed, index + 1)}`);
  const task: VisitorsTask = { host: address, origin: new URL(publicUrl).origin, cookies, pause };
  stdin.write(`${JSON.stringify(task)}\n`);
  return {
    async during(name, work) {
      stdin.write(`${name}\n`);
      await work();
    },
    async end() {
      stdin.end();
      return JSON.parse(await printed) as readonly Measurement[];
    },
  };
}

async function sleep(seconds: number): Promise<void> {
  await run('sleep', [String(seconds)], { signal: interrupted });
}
