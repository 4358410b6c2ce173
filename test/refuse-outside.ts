/**
 * Set up for every unit test: a connection, and any program that not every machine has, is refused
 * with what to do instead.
 */
import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { basename } from 'node:path';

const allowed = new Set(['node', 'git', 'bash', 'biome']);
const advice = 'let the file end in .integration.test.ts (docs/testing.md)';

Socket.prototype.connect = () => {
  throw new Error(`a unit test opened a connection: use a port in memory, or ${advice}`);
};

function refuseOthers(command: string): void {
  const program = basename(command);
  if (!allowed.has(program)) throw new Error(`a unit test started ${program}: call the function, or ${advice}`);
}

/** All that starts a program and does not wait for its end comes through here. */
const { spawn } = ChildProcess.prototype as unknown as { spawn(options: { file: string }): unknown };
Object.assign(ChildProcess.prototype, {
  spawn(options: { file: string }) {
    refuseOthers(options.file);
    return spawn.call(this, options);
  },
});

for (const name of ['spawnSync', 'execFileSync'] as const) {
  const original = childProcess[name] as (command: string, ...rest: unknown[]) => unknown;
  Object.assign(childProcess, {
    [name](command: string, ...rest: unknown[]) {
      refuseOthers(command);
      return original(command, ...rest);
    },
  });
}
Object.assign(childProcess, { execSync: () => refuseOthers('sh') });
syncBuiltinESMExports();
