/** Commands under the load of `npm run bench -- release`, one after the other. */
import { collect } from '../io/process/processes.ts';
import { root } from '../io/state.ts';
import { interrupted } from './interrupt.ts';
import { say } from './say.ts';
import { sayMeasurements, sleep, type UnderLoadOptions, underLoad } from './under-load.ts';

export interface LoadBenchOptions extends UnderLoadOptions {
  /** Each for bash; its exit code is printed and not judged. */
  readonly commands: readonly string[];
  /** Seconds of load without a command. */
  readonly seconds: number;
}

export async function benchLoad({ commands, seconds, ...options }: LoadBenchOptions): Promise<void> {
  const visited = await underLoad(async ({ visitors }) => {
    await visitors.during('nothing', () => sleep(seconds));
    for (const command of commands) {
      const { code, stdout, stderr } = await visitors.during(command, () => attempt(command));
      say(`$ ${command}\n${stderr}${stdout}exit code ${code}`);
    }
  }, options);
  sayMeasurements(visited, Object.fromEntries(visited.measurements.map((each) => [`${each.name} (${each.seconds} s)`, [each]])));
}

const attempt = (command: string) => collect('bash', ['-c', command], { cwd: root, signal: interrupted });
