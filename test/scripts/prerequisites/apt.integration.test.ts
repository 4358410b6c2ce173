import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadsOf, installPackages } from '../../../scripts/prerequisites/apt.ts';
import { FakeApt } from './fake-apt.ts';

let apt: FakeApt;
let notes: string[];
const progress = (note: string) => void notes.push(note);

beforeEach(() => {
  apt = new FakeApt();
  notes = [];
  vi.stubEnv('PATH', apt.folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  apt.remove();
});

describe('the installation', () => {
  const install = () => installPackages(['debootstrap'], { through: [], progress, askEveryMs: 10 });

  it('asks nothing, takes no recommended packages, and waits for the lock of the packages', async () => {
    apt.answers({
      install: [{ text: 'Get:1 http://deb a\nUnpacking a (1) ...\nSetting up a (1) ...\nUnpacking b (1) ...\nSetting up b (1) ...' }],
    });
    await install();
    expect(apt.calls()).toEqual([
      '-o DPkg::Lock::Timeout=600 install --no-install-recommends --yes --quiet debootstrap DEBIAN_FRONTEND=noninteractive',
    ]);
    expect(notes).toEqual(['downloading', 'unpacking', 'setting up']);
  });

  it('waits while another apt-get holds a lock, and says which', async () => {
    const held = { code: 100, text: 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1234 (apt-get)' };
    apt.answers({ install: [held, held, { text: '' }] });
    await install();
    expect(apt.calls()).toHaveLength(3);
    expect(notes).toContain('waiting for another apt-get, process 1234 (apt-get)');
  });

  it('renews lists that are too old, once', async () => {
    apt.answers({
      install: [{ code: 100, text: 'E: Failed to fetch http://deb/x.deb  404  Not Found' }, { text: '' }],
      update: [{ text: '' }],
    });
    await install();
    expect(apt.calls().map((call) => call.split(' ')[2])).toEqual(['install', 'update', 'install']);
  });

  it('fails with the end of what apt-get printed', async () => {
    apt.answers({ install: [{ code: 100, text: 'E: You have held broken packages.' }] });
    await expect(install()).rejects.toMatchObject({
      code: 'apt-failed',
      message: 'apt-get install debootstrap failed with status 100',
      why: expect.stringContaining('held broken packages'),
      next: expect.stringContaining('--no-install'),
    });
  });

  it('goes through sudo', async () => {
    apt.answers({ install: [{ text: '' }] });
    apt.writeProgram('sudo', 'echo "sudo $1" >>"$CALLS"; exec "$@"');
    await installPackages(['nftables'], { through: ['sudo'], progress });
    expect(apt.calls()[0]).toBe('sudo env');
  });
});

it('the size of a group is what it adds to those before it', async () => {
  apt.sizes({ debootstrap: 1_000, nftables: 2_000, shellcheck: 5_000 });
  const groups = [
    { area: 'hosts', packages: ['debootstrap', 'nftables'] },
    { area: 'scripts', packages: ['nftables', 'shellcheck'] },
    { area: 'ocr', packages: ['unknown'] },
  ] as const;
  expect(await downloadsOf(groups)).toEqual([{ packages: 2, bytes: 3_000 }, { packages: 1, bytes: 5_000 }, undefined]);
});
