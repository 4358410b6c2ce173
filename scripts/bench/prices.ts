/**
 * How long `dojang prices refresh` takes over an offer file of a gigabyte, and how much memory its
 * process needs.
 */
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { fixedText } from '../../lib/values/number-text.ts';
import { readPriceBook } from '../io/prices/book-folder.ts';
import { type ChildProcess, start } from '../io/process/processes.ts';
import { waitUntil } from '../io/process/wait-until.ts';
import { root, whileTemporaryFolder } from '../io/state.ts';
import { interrupted } from './interrupt.ts';
import { offerText } from './offer-file.ts';
import { say } from './say.ts';

/** Writes the file, then only looks at what it would change: the committed book stays as it is. */
export async function benchPrices({ megabytes }: { readonly megabytes: number }): Promise<void> {
  await whileTemporaryFolder(async (folder) => {
    const file = join(folder, 'index.json');
    const machines = readPriceBook().prices.filter(({ service, region }) => service === 'ec2' && region === 'ap-northeast-2');
    await pipeline(Readable.from(offerText({ region: 'ap-northeast-2', machines, bytes: megabytes * 1e6 })), createWriteStream(file), {
      signal: interrupted,
    });
    say(`prices: an AmazonEC2 offer file of ${fixedText(statSync(file).size / 1e9, 2)} GB, ${machines.length} of its prices wanted`);
    const { seconds, peakMegabytes, firstLine } = await refreshed(file);
    say(`  dojang prices refresh   ${fixedText(seconds, 1)} s, ${peakMegabytes} MB at most`);
    say(`  ${firstLine}`);
  });
}

/** The command as the operator types it. */
async function refreshed(file: string) {
  const began = performance.now();
  const args = ['prices', 'refresh', '--provider', 'aws', '--offer-file', file, '--dry-run'];
  const child = start(process.execPath, [join(root, 'bin/dojang.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal: interrupted,
  });
  // How it ended is read below, also when it was interrupted.
  child.once('error', () => undefined);
  const [printed, peakMegabytes] = await Promise.all([child.stdout?.toArray() ?? [], peakOf(child)]);
  const seconds = (performance.now() - began) / 1000;
  if (child.exitCode !== 0) throw new DojangError('bench-failed', `dojang prices refresh ended with ${child.exitCode}`);
  return { seconds, peakMegabytes, firstLine: Buffer.concat(printed).toString().split('\n')[0] };
}

/** The most memory that a process ever had at once, as Linux counts it; looked at until it ends. */
async function peakOf(child: ChildProcess): Promise<number> {
  let peak = 0;
  const hasEnded = () => {
    peak = Math.max(peak, highWater(child.pid));
    return child.exitCode !== null || child.signalCode !== null;
  };
  await waitUntil(hasEnded, { interval: 20 });
  return Math.round((peak * 1024) / 1e6);
}

function highWater(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
