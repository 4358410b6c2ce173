/** Times one whole command against another, in turn, and prints the ratio of the medians. */
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { tableLines } from '../../lib/text/table.ts';
import { fixedText } from '../../lib/values/number-text.ts';
import { collectSync } from '../io/process/processes.ts';
import { root } from '../io/state.ts';
import { say } from './say.ts';

interface Pair {
  readonly what: string;
  readonly ours: readonly string[];
  readonly other: readonly string[];
}

/** Whole commands as the operator types them. */
export const commandPairs: Readonly<Record<string, Pair>> = {
  plan: {
    what: 'the plan of both clouds against the synth of one',
    ours: ['npx', 'dojang', 'plan', '--env', 'prod'],
    other: ['npx', 'cdk', 'synth', '-q'],
  },
};

/**
 * Runs both commands in turn, so that a machine that grows slower slows both; the first run of each
 * only warms up.
 */
export function benchCommands(name: string, runs: number): void {
  const pair = commandPairs[name];
  if (!pair) return;
  say(`${name}: ${pair.what}, ${runs} runs in turn`);
  const times = Array.from({ length: runs + 1 }, () => [seconds(pair.ours), seconds(pair.other)] as const).slice(1);
  const ours = times.map(([one]) => one);
  const other = times.map(([, two]) => two);
  for (const line of tableLines([{ min: 32 }, {}], [row(pair.ours, ours), row(pair.other, other)])) say(line);
  say(`ratio of the medians  ${fixedText(median(ours) / median(other), 2)}`);
}

function seconds([command = '', ...args]: readonly string[]): number {
  const began = performance.now();
  const { code, stderr } = collectSync(command, args, { cwd: root });
  if (code !== 0) throw new DojangError('bench-failed', `${[command, ...args].join(' ')} ended with ${code}`, { why: stderr.trim() });
  return (performance.now() - began) / 1000;
}

function row(command: readonly string[], times: readonly number[]): string[] {
  const figures = [Math.min(...times), median(times), Math.max(...times)].map((time) => fixedText(time, 2)).join(' / ');
  return [command.join(' '), `${figures} s   (min / median / max)`];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
