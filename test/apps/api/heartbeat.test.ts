/** A listening service notifies systemd, on a real datagram socket; a stuck event loop does not. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Heartbeat, notifySettingsOf } from '../../../apps/api/src/heartbeat.ts';
import { createLog } from '../../../apps/api/src/log.ts';
import { apiEnvironment } from './contracts/child-process.ts';
import { until } from './contracts/service.ts';
import { useMysql } from './mysql.ts';

/**
 * As systemd: binds the socket and prints each message; also when there was none for as long as
 * five signs of life take.
 */
const receiver = `
import socket, sys
sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
sock.bind(sys.argv[1])
sock.settimeout(1)
print("bound", flush=True)
while True:
    try:
        message = sock.recv(4096).decode().strip()
    except TimeoutError:
        message = "silence"
    if not message.startswith("BARRIER"): print(message, flush=True)
`;

const mysql = useMysql();
const children: ChildProcess[] = [];
let folder: string;
let heard: string[];
let socket: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-notify-'));
  socket = join(folder, 'notify');
  heard = [];
  await listen(socket);
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    const ended = once(child, 'exit');
    if (child.kill('SIGKILL')) await ended;
  }
  rmSync(folder, { recursive: true });
});

async function listen(path: string): Promise<void> {
  const listener = start('python3', ['-c', receiver, path]);
  createInterface({ input: listener.stdout ?? process.stdin }).on('line', (line) => heard.push(line));
  await until(() => heard.includes('bound'));
}

function start(program: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(program, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  children.push(child);
  return child;
}

const beats = () => heard.filter((message) => message === 'WATCHDOG=1').length;

describe('the service', () => {
  const server = fileURLToPath(new URL('../../../apps/api/src/server.ts', import.meta.url));
  const stuck = fileURLToPath(new URL('stuck.ts', import.meta.url));
  const environment = () => ({ ...apiEnvironment(mysql.settings), PORT: '0', NOTIFY_SOCKET: socket, WATCHDOG_USEC: '600000' });

  it('is ready when it listens, lives as long as its loop turns, and falls silent when it is stuck', async () => {
    const child = start(process.execPath, [`--import=${stuck}`, server], environment());
    child.stdout?.resume();
    await until(() => heard.includes('READY=1'));
    await until(() => beats() >= 3);
    child.send('stick');
    await once(child, 'message');
    const before = heard.length;
    await until(() => heard.slice(before).includes('silence'));
    expect(child.exitCode).toBeNull();
  });

  it('is not ready when its port is taken', async () => {
    const first = start(process.execPath, [server], environment());
    const [line] = await once(createInterface({ input: first.stdout ?? process.stdin }), 'line');
    await until(() => heard.includes('READY=1'));
    const before = heard.length;
    const second = start(process.execPath, [server], { ...environment(), PORT: String(JSON.parse(line).port), WATCHDOG_USEC: '' });
    second.stdout?.resume();
    expect(await once(second, 'exit')).toEqual([1, null]);
    expect(heard.slice(before)).not.toContain('READY=1');
  });
});

describe('a heartbeat', () => {
  it('is for whom systemd means', () => {
    expect(notifySettingsOf({}, 7)).toBeUndefined();
    expect(notifySettingsOf({ NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '30000000', WATCHDOG_PID: '7' }, 7)).toEqual({
      socket: '/run/x',
      everyMs: 10_000,
    });
    for (const other of [{ WATCHDOG_PID: '8' }, { WATCHDOG_USEC: '' }, { WATCHDOG_USEC: '0' }, { WATCHDOG_USEC: 'x' }])
      expect(notifySettingsOf({ NOTIFY_SOCKET: '/run/x', WATCHDOG_USEC: '30000000', ...other }, 7)).toEqual({
        socket: '/run/x',
        everyMs: undefined,
      });
  });

  it('without a socket, or without a program that listens, does no harm', async () => {
    await new Heartbeat({ socket: join(folder, 'unused'), everyMs: undefined }, createLog('silent')).start();
    await new Heartbeat(undefined, createLog('silent')).start();
  });

  it.each([
    ['signs of life', 50],
    ['nothing more', undefined],
  ])('says that it is ready until it is heard, and then %s', async (_, everyMs) => {
    const later = join(folder, 'later');
    const heartbeat = new Heartbeat({ socket: later, everyMs }, createLog('silent'));
    await heartbeat.start();
    heard = [];
    await listen(later);
    await until(() => heard.includes('READY=1'), 20_000);
    await until(() => (everyMs === undefined ? heard.includes('silence') : beats() >= 2), 20_000);
    heartbeat.stop();
    expect(heard.filter((message) => message === 'READY=1')).toHaveLength(1);
    expect(beats() > 0).toBe(everyMs !== undefined);
  });
});
