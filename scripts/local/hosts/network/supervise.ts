/** Programs of ours that must run inside a place for as long as the daemon does. */
import { type ChildProcess, start as startProcess } from '../../../io/process/processes.ts';
import { inside } from './namespaces.ts';
import type { Namespace } from './network.ts';

const restartSeconds = 1;

/**
 * Keeps a Node program running inside a place, started again whenever it ends. Its standard input
 * ends with this process, which the program takes as its own end.
 * @param argv the file of the program and its arguments
 * @returns what stops it
 */
export function supervise(
  prefix: string,
  place: Namespace,
  name: string,
  argv: readonly string[],
  log: (line: string) => void,
): () => void {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    const [command, ...args] = inside(prefix, place, [process.execPath, ...argv]);
    child = startProcess(command, args, { stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin?.on('error', () => undefined);
    child.once('error', () => undefined);
    child.once('close', (code) => {
      log(`${name} ended with ${code}; starting it again`);
      timer = setTimeout(start, restartSeconds * 1000);
    });
  };
  start();
  return () => {
    clearTimeout(timer);
    child?.removeAllListeners('close').kill('SIGKILL');
  };
}
