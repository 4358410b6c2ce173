import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onMachine } from '../../../../../scripts/local/hosts/machine/machine.ts';

/**
 * As nspawn leaves a machine where it cannot pivot: with mounts of its own, and its root changed
 * into a folder of them.
 */
const changedRoot = `
mount -t tmpfs tmpfs "$1"
mkdir "$1/usr" "$1/proc" "$1/etc" && mount --rbind /usr "$1/usr" && mount -t proc proc "$1/proc"
for name in bin sbin lib lib64; do [ ! -L "/$name" ] || cp -P "/$name" "$1/$name"; done
echo machine >"$1/etc/hostname"
exec chroot "$1" sh -c 'echo up; exec sleep 600'
`;

const folder = mkdtempSync(join(tmpdir(), 'dojang-machine-'));
let runner: ChildProcess;
let leader: number;

beforeAll(async () => {
  const own = ['--mount', '--propagation', 'private', '--uts', '--ipc', '--net', '--pid', '--fork', '--kill-child'];
  runner = spawn('unshare', [...own, 'sh', '-euc', changedRoot, 'sh', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!runner.stdout) throw new Error('no output of the machine');
  for await (const line of createInterface({ input: runner.stdout })) if (line === 'up') break;
  leader = Number(readFileSync(`/proc/${runner.pid}/task/${runner.pid}/children`, 'utf8').trim());
});

afterAll(async () => {
  const ended = new Promise((resolve) => runner.once('exit', resolve));
  runner.kill('SIGKILL');
  await ended;
  rmdirSync(folder);
});

it('a command runs in the root folder of the machine, also where that was changed and not pivoted', () => {
  const [program, ...args] = onMachine(leader, ['cat', '/etc/hostname']);
  expect(execFileSync(program, args, { encoding: 'utf8' })).toBe('machine\n');
});
