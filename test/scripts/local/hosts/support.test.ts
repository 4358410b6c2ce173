import { describe, expect, it } from 'vitest';
import { type MachineFacts, unsupportedBy } from '../../../../scripts/local/hosts/support.ts';

const able: MachineFacts = { platform: 'linux', isRoot: true, missing: [], mayIsolate: true, hasLoopDevices: true, freeGib: 10 };

describe('a machine', () => {
  it('that has everything can run hosts', () => expect(unsupportedBy(able)).toBeUndefined());

  it.each<[Partial<MachineFacts>, RegExp, string]>([
    [{ platform: 'darwin' }, /darwin/, 'run it on Linux as root'],
    [{ isRoot: false, mayIsolate: false }, /root/, 'sudo npm start'],
    [{ missing: ['debootstrap', 'systemd-nspawn', 'nft'] }, /debootstrap/, 'apt install debootstrap systemd-container nftables'],
    [{ missing: ['losetup', 'swapoff'] }, /losetup, swapoff/, 'apt install mount'],
    [{ mayIsolate: false }, /namespaces/, 'run it outside of this container, or start that with --privileged'],
    [{ hasLoopDevices: false }, /loop devices/, 'modprobe loop'],
    [{ freeGib: 1.26 }, /4 GiB of disk, and 1\.3 GiB/, 'df -h shows what takes it'],
  ])('that lacks %o gets the reason and the remedy', (lack, reason, next) => {
    const unsupported = unsupportedBy({ ...able, ...lack });
    expect(unsupported?.reason).toMatch(reason);
    expect(unsupported?.next).toBe(next);
  });
});
