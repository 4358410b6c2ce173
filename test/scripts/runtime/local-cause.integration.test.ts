/** Errors as the system and the SDKs throw them, and what this machine has to do with them. */
import { closeSync, mkdirSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, describe, expect, it } from 'vitest';
import { DojangError, explain } from '../../../lib/errors/dojang-error.ts';
import { remove } from '../../../scripts/io/state.ts';
import { type Machine, withLocalCause } from '../../../scripts/runtime/local-cause.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-cause-'));
afterAll(() => remove(folder));

const machine = (changes: Partial<Machine> = {}): Machine => ({
  folders: [
    { folder: '/state', next: 'make room there' },
    { folder: '/tmp', next: 'set TMPDIR' },
  ],
  cache: join(folder, 'cache/dojang'),
  clouds: [{ name: 'the local AWS', folder: join(folder, 'aws'), loses: 'It forgets.', next: 'dojang up --env local' }],
  room: async () => 2 ** 30,
  ...changes,
});

async function thrown(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** A port of loopback that refuses connections. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('an embedded cloud that has ended', () => {
  const recorded = (pid: number, port: number) => {
    mkdirSync(join(folder, 'aws'), { recursive: true });
    writeFileSync(join(folder, 'aws/daemon.json'), JSON.stringify({ pid, version: '1', ports: { http: port } }));
  };
  const refused = async (port: number) => {
    const client = new SSMClient({
      endpoint: `http://localhost:${port}`,
      region: 'ap-northeast-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    return thrown(() => client.send(new GetParametersCommand({ Names: ['/a'] })));
  };

  it('is named, with what its end means and what to type', async () => {
    const port = await closedPort();
    recorded(2 ** 30, port);
    const error = await refused(port);
    for (const each of [error, new DojangError('deploy-failed', 'the stack was not deployed', { cause: error })]) {
      const cause = await withLocalCause(each, machine());
      expect(cause).toMatchObject({ code: 'not-running', why: 'It forgets.', next: 'dojang up --env local', cause: each });
      expect((cause as Error).message).toMatch(
        new RegExp(`^the local AWS has ended while it was needed: connect ECONNREFUSED .*:${port}$`),
      );
    }
  });

  it('is not blamed for the refusal of another port, nor while it runs', async () => {
    const port = await closedPort();
    const error = await refused(port);
    recorded(2 ** 30, port + 1);
    expect(await withLocalCause(error, machine())).toBe(error);
    recorded(process.pid, port);
    const running = machine({ clouds: [{ ...machine().clouds[0], folder: process.execPath } as Machine['clouds'][number]] });
    expect(await withLocalCause(error, running)).toBe(error);
  });
});

describe('no room', () => {
  const full = () =>
    thrown(() => {
      const file = openSync('/dev/full', 'w');
      try {
        writeSync(file, 'x');
      } finally {
        closeSync(file);
      }
    });
  const room = (tmp: number) => ({ room: async (name: string) => (name === '/tmp' ? tmp : 2 ** 40) });

  it('names the folder with the least, and what to do', async () => {
    const error = await full();
    expect((error as Error).message).toBe('ENOSPC: no space left on device, write');
    expect(explain(await withLocalCause(error, machine(room(0)))).split('\n')).toEqual([
      'dojang: there is no room left in /tmp: 0 MiB free',
      '  The command stopped with: ENOSPC: no space left on device, write. What it had done stays.',
      '  Next: set TMPDIR',
      '  More: --verbose',
    ]);
    // By then the command has removed what it had written.
    expect(await withLocalCause(error, machine(room(12 * 2 ** 20)))).toMatchObject({
      code: 'disk-full',
      message: 'there is no room left in /tmp: 12 MiB free',
    });
  });

  it('is seen in what a program printed where a folder is full, and not blamed on this machine for a host', async () => {
    const error = new DojangError('pip-failed', 'pip could not install', { why: 'OSError: [Errno 28] No space left on device' });
    expect(await withLocalCause(error, machine(room(4096)))).toMatchObject({ code: 'disk-full', next: 'set TMPDIR' });
    expect(await withLocalCause(error, machine())).toBe(error);
  });
});

describe('a cache that cannot be written', () => {
  it('is named with what to set', async () => {
    writeFileSync(join(folder, 'cache'), 'a file in the place of the folder');
    const error = await thrown(() => mkdirSync(join(folder, 'cache/dojang/python'), { recursive: true }));
    expect(await withLocalCause(error, machine())).toMatchObject({
      code: 'cache-unwritable',
      message: expect.stringContaining(`the cache folder ${join(folder, 'cache/dojang')} cannot be written: ENOTDIR`),
      next: expect.stringContaining('XDG_CACHE_HOME'),
    });
  });

  it('is not what another folder is', async () => {
    const error = await thrown(() => mkdirSync(join(process.execPath, 'x'), { recursive: true }));
    expect(await withLocalCause(error, machine())).toBe(error);
  });
});

it('any other error stays what it is', async () => {
  for (const error of [new DojangError('declined', 'no'), new Error('x'), 'a text', undefined]) {
    expect(await withLocalCause(error, machine())).toBe(error);
  }
});
