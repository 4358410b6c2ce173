/** Visitors of the embedded service, in a process of their own. */
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { start } from '../../io/process/processes.ts';
import type { Visited, VisitorsTask } from './main.ts';

export interface Visitors {
  /** What they notice meanwhile is one measurement of this name. */
  during<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  end(): Promise<Visited>;
}

export interface VisitorsOptions {
  /** Network namespace that they are in. */
  readonly namespace: string;
  readonly task: VisitorsTask;
  readonly signal?: AbortSignal;
}

export function beginVisitors({ namespace, task, signal }: VisitorsOptions): Visitors {
  const program = [process.execPath, join(import.meta.dirname, 'main.ts')];
  const child = start('ip', ['netns', 'exec', namespace, ...program], { stdio: ['pipe', 'pipe', 'inherit'], ...(signal && { signal }) });
  child.once('error', () => undefined);
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the visitors have no input or output');
  const printed = json(stdout) as Promise<Visited>;
  stdin.write(`${JSON.stringify(task)}\n`);
  return {
    async during(name, work) {
      stdin.write(`${name}\n`);
      return work();
    },
    end() {
      stdin.end();
      return printed;
    },
  };
}
