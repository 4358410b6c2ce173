/** Looks at every host again and again, each at its own pace, and publishes their state. */
import { isDeepStrictEqual } from 'node:util';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { waitUntil } from '../../../io/process/wait-until.ts';
import { readJson, writeJson } from '../../../io/state.ts';
import { filesOf, type HostNode, type HostState, kickFile, nodesOf, writeNodes } from '../files.ts';
import { leaderOf, runnerOf } from '../machine/nspawn.ts';
import type { HostCloud } from '../views/cloud-state.ts';
import { HostReconciler, type ReconcilerOptions } from './reconciler.ts';

export interface KeepOptions extends Omit<ReconcilerOptions, 'changed'> {
  /** Called with the booted hosts whenever they change. */
  readonly onChange: (nodes: readonly HostNode[]) => void;
  /** No look begins after this. */
  readonly signal?: AbortSignal;
}

const lookEveryMs = 1000;
/** A host that could not be made what it should be is not tried at full pace. */
const afterFailureMs = 4000;
const kickEveryMs = 100;

/** Runs until the signal. Hosts that an earlier daemon booted are taken over as they are. */
export async function reconcileHosts(clouds: readonly HostCloud[], { onChange, signal, ...options }: KeepOptions): Promise<void> {
  const { folder } = options;
  let nodes = nodesOf(folder).filter((node) => isLeader(folder, node));
  const changed = () => {
    nodes = reconcilers.flatMap(({ node }) => node ?? []);
    writeNodes(folder, nodes);
    onChange(nodes);
  };
  const reconcilers = clouds.map((cloud) => new HostReconciler(cloud, { ...options, changed }));
  // What is written there may be of hosts that are long gone.
  writeNodes(folder, nodes);
  onChange(nodes);
  await Promise.all(reconcilers.map((reconciler) => reconcile(reconciler, folder, signal)));
}

async function reconcile(reconciler: HostReconciler, folder: string, signal?: AbortSignal): Promise<void> {
  const file = filesOf(folder, reconciler.host).state;
  let written: HostState | undefined;
  while (!signal?.aborted) {
    const word = wordOf(folder);
    await reconciler.look();
    const state: HostState = { word, ...reconciler.phase };
    if (!isDeepStrictEqual(state, written)) writeJson(file, state);
    written = state;
    await pause(folder, word, state.phase === 'failed' ? afterFailureMs : lookEveryMs, signal);
  }
}

/** Ends early when a look is requested. */
async function pause(folder: string, word: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
  await waitUntil(() => wordOf(folder) !== word, { interval: kickEveryMs, limit: milliseconds, signal });
}

function wordOf(folder: string): string {
  return readJson<{ readonly word: string }>(kickFile(folder))?.word ?? '';
}

function isLeader(folder: string, { host, leader }: { readonly host: HostName; readonly leader: number }): boolean {
  const runner = runnerOf(filesOf(folder, host).root);
  return runner !== undefined && leaderOf(runner) === leader;
}
