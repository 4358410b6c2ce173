/**
 * Removes all that a test run has left on this machine, as soon as the run has ended, however that
 * was. The process that runs the tests holds the other end of this one's standard input, which
 * closes with it. Argument: the folder of the run.
 */
import { finished } from 'node:stream/promises';
import { removeRun } from './remove-run.ts';

const [folder = ''] = process.argv.slice(2);
// What ends a run in a terminal is sent to all that it has started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
await finished(process.stdin.resume(), { writable: false });
const left = await removeRun(folder);
if (left.length > 0) {
  process.stderr.write(`the test run has left on this machine:\n${left.map((line) => `  ${line}\n`).join('')}`);
  process.exitCode = 1;
}
