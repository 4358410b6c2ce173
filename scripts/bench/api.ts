/**
 * The service under load, on the embedded hosts: what of a public read comes through nginx in a
 * second beside a file of the same bytes that nginx answers alone; and what happens when many
 * contracts wait at once.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { servingUnit, slotState } from '../../lib/host/slots/state.ts';
import type { HostShell } from '../../lib/ports/host-shell.ts';
import { tableLines } from '../../lib/text/table.ts';
import { fixedText } from '../../lib/values/number-text.ts';
import { run, start } from '../io/process/processes.ts';
import { type LoadHost, openHosts, requireWrk } from './hosts.ts';
import { interrupted } from './interrupt.ts';
import { peopleStatements, tokenOf } from './people.ts';
import { say } from './say.ts';

export interface ApiBenchOptions {
  /** Of each measurement with wrk. */
  readonly seconds: number;
  /** Contracts submitted at once. */
  readonly waiting: number;
}

export async function benchApi({ seconds, waiting }: ApiBenchOptions): Promise<void> {
  requireWrk();
  const place = await openHosts();
  await requests(place, seconds);
  await contracts(place, waiting);
}

/** Of what nginx answers alone, the part that a public read should reach through it. */
const aim = 0.6;
/** One beside the other, so that what else the machine does falls on both. */
const rounds = 2;

/** The checklist through nginx, which keeps it, beside a file of the same bytes. */
async function requests({ shell, visitor, address }: LoadHost, seconds: number): Promise<void> {
  const size = Number(
    await onHost(
      shell,
      `${slotState}\ncurl -s http://127.0.0.1:$(port_of "$(serving_slot)")/api/checklist | tee /opt/dojang/web/current/bench.json | wc -c`,
    ),
  );
  say(`requests: wrk, 2 threads, 64 connections, ${rounds} rounds of ${seconds} s each, over TLS; answers of ${size} bytes`);
  const rates = { '/api/checklist': 0, '/bench.json': 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [what, path] of [
        ['checklist: nginx', '/api/checklist'],
        ['the same as a file: nginx', '/bench.json'],
      ] as const) {
        const wrk = ['wrk', '-t2', '-c64', `-d${seconds}s`, '--latency', `https://${address}${path}`];
        const { stdout } = await run('ip', ['netns', 'exec', visitor, ...wrk], { signal: interrupted });
        rates[path] += Number(ratePattern.exec(stdout)?.[1] ?? 0);
        say(row(what, wrkLine(stdout)));
      }
    }
  } finally {
    await onHost(shell, 'rm -f /opt/dojang/web/current/bench.json');
  }
  say(row('ratio', `${fixedText(rates['/api/checklist'] / rates['/bench.json'], 2)} (at least ${aim} is the aim)`));
}

/** Each row is printed as soon as it is measured. */
function row(what: string, figures: string): string {
  return tableLines([{ min: 32 }, {}], [[what, figures]]).join('\n');
}

const ratePattern = /Requests\/sec:\s+([\d.]+)/;

function wrkLine(text: string): string {
  const value = (pattern: RegExp) => pattern.exec(text)?.[1] ?? '-';
  const failed = /Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1];
  const sockets = /Socket errors: (.*)/.exec(text)?.[1];
  return [
    ...tableLines([{ align: 'right', gap: 0, min: 9 }, { gap: 1 }], [[value(ratePattern), 'requests/s']]),
    `p50 ${value(/^\s+50%\s+(\S+)/m)}`,
    `p99 ${value(/^\s+99%\s+(\S+)/m)}`,
    ...(failed ? [`${failed} refused`] : []),
    ...(sockets ? [`sockets: ${sockets}`] : []),
  ].join('   ');
}

/** Everybody submits at once and waits by an event stream, as a browser does. */
async function contracts(place: LoadHost, waiting: number): Promise<void> {
  const { shell } = place;
  const seed = `bench-${Date.now()}`;
  say(`contracts: ${waiting} people submit one of three pages at once and wait`);
  const before = await apiMemory(shell);
  let most = before;
  const watch = setInterval(
    () =>
      void apiMemory(shell).then(
        (now) => (most = Math.max(most, now)),
        () => undefined,
      ),
    2000,
  );
  try {
    await onHost(shell, peopleStatements(seed, waiting));
    const tokens = Array.from({ length: waiting }, (_, index) => tokenOf(seed, index + 1));
    for await (const line of load(place, tokens)) say(`  ${line}`);
    interrupted.throwIfAborted();
  } finally {
    clearInterval(watch);
    await onHost(shell, `mysql dojang -e "DELETE FROM people WHERE issuer = '${seed}'"`);
  }
  say(`  memory of the API   ${before} MiB before, ${most} MiB at most`);
}

/**
 * The load comes from the place of a visitor: a process in that namespace, which gets the tokens on
 * its input.
 */
function load({ visitor, address, publicUrl }: LoadHost, tokens: readonly string[]): AsyncIterable<string> {
  const child = start('ip', ['netns', 'exec', visitor, process.execPath, join(import.meta.dirname, 'waiting.ts'), address, publicUrl], {
    stdio: ['pipe', 'pipe', 'inherit'],
    signal: interrupted,
  });
  // Its output ends with it, whatever ended it.
  child.once('error', () => undefined);
  child.stdin?.end(JSON.stringify(tokens));
  return createInterface({ input: child.stdout ?? Readable.from([]) });
}

async function apiMemory(shell: HostShell): Promise<number> {
  const pid = `$(systemctl show --property=MainPID --value ${servingUnit})`;
  return Math.round(Number(await onHost(shell, `${slotState}\nawk '/^VmRSS/ { print $2 }' /proc/${pid}/status`)) / 1024);
}

async function onHost(shell: HostShell, script: string): Promise<string> {
  const { code, stdout, stderr } = await shell.run('aws', script, { comment: 'benchmark', limitSeconds: 300 });
  if (code !== 0) throw new DojangError('bench-failed', `a step of the benchmark ended with ${code}`, { why: `${stdout}${stderr}`.trim() });
  return stdout.trim();
}
