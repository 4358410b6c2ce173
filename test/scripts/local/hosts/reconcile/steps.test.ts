import { describe, expect, it } from 'vitest';
import { firewallRuleset } from '../../../../../scripts/local/hosts/network/firewall.ts';
import { phaseOf, type Seen, stepsFor } from '../../../../../scripts/local/hosts/reconcile/steps.ts';
import type { CloudView } from '../../../../../scripts/local/hosts/views/cloud-state.ts';
import { addresses, tcp, view } from '../two-hosts.ts';

const rules = [tcp('aws', 'ingress', 443, '0.0.0.0/0')];
const deployed = view('aws', 'i-1', rules);
const nothing: Seen = { tree: 'none', isOn: false, isUp: false, isUnplugged: false, disks: [] };
const booted: Seen = {
  record: { instanceId: 'i-1', disk: 'aws-disk', machineId: 'm' },
  tree: 'whole',
  isOn: true,
  isUp: true,
  isUnplugged: false,
  address: addresses.aws,
  ruleset: firewallRuleset('aws', rules),
  disks: ['aws-disk'],
};
const kinds = (cloud: CloudView, seen: Seen) => stepsFor('aws', cloud, seen).map((step) => step.do);
const changed = (machine: Partial<NonNullable<CloudView['machine']>>): CloudView => ({
  ...deployed,
  machine: { ...(deployed.machine as NonNullable<CloudView['machine']>), ...machine },
});

describe('a host', () => {
  it('that is as its cloud says is left alone', () => expect(kinds(deployed, booted)).toEqual([]));

  it('is filtered before it is connected, and connected before it boots', () => {
    expect(kinds(deployed, nothing)).toEqual(['filter', 'connect', 'boot']);
  });

  it('waits for its address and its disk', () => {
    expect(kinds(changed({ address: undefined }), nothing)).not.toContain('boot');
    expect(kinds(changed({ disk: undefined }), nothing)).not.toContain('boot');
    expect(phaseOf(changed({ disk: undefined }), nothing)).toEqual({ phase: 'waiting', note: 'its data disk is not attached yet' });
  });

  it('that an earlier daemon booted is only looked at until it is up', () => {
    expect(kinds(deployed, { ...booted, isUp: false, ruleset: undefined })).toEqual(['filter', 'boot']);
  });

  it('follows its rules', () => {
    const [step, ...others] = stepsFor('aws', { ...deployed, rules: [] }, booted);
    expect(step).toEqual({ do: 'filter', ruleset: firewallRuleset('aws', []) });
    expect(others).toEqual([]);
  });

  it('that its cloud has stopped is powered off and kept', () => {
    expect(kinds(changed({ isRunning: false }), booted)).toEqual(['power-off']);
    expect(kinds(changed({ isRunning: false }), { ...booted, isOn: false, isUp: false })).toEqual([]);
  });

  it('without a machine in its cloud goes, and its disk stays as long as the cloud has it', () => {
    expect(kinds({ disks: ['aws-disk'], rules: [] }, booted)).toEqual(['power-off', 'discard']);
    expect(kinds({ disks: [], rules: [] }, booted)).toEqual(['power-off', 'discard', 'delete-disk']);
    expect(kinds({ disks: [], rules: [] }, nothing)).toEqual([]);
  });

  it('that is another machine now is made anew with the same disk', () => {
    expect(kinds(changed({ id: 'i-2' }), booted)).toEqual(['power-off', 'discard', 'connect', 'boot']);
  });

  it('without a record is not taken for the machine', () => {
    expect(kinds(deployed, { ...booted, record: undefined })).toEqual(['power-off', 'discard', 'connect', 'boot']);
  });

  it('whose folder was removed is made anew: what is left of its tree is not booted', () => {
    const anew = ['discard', 'filter', 'connect', 'boot'];
    expect(kinds(deployed, { ...nothing, tree: 'incomplete' })).toEqual(anew);
    expect(kinds(deployed, { ...nothing, tree: 'whole' })).toEqual(anew);
    expect(kinds(deployed, { ...booted, isOn: false, isUp: false, tree: 'incomplete' })).toEqual(['discard', 'connect', 'boot']);
    expect(kinds(deployed, { ...booted, tree: 'incomplete' })).toEqual(['power-off', 'discard', 'connect', 'boot']);
    expect(kinds({ disks: [], rules: [] }, { ...nothing, tree: 'incomplete' })).toEqual(['discard']);
  });

  it('whose tree is made by the boot that was cut off is booted', () => {
    expect(kinds(deployed, { ...booted, isOn: false, isUp: false, tree: 'none' })).toEqual(['boot']);
  });

  it('gets another disk while it is off', () => {
    const other: CloudView = { ...changed({ disk: { id: 'other', gib: 1, device: '/dev/disk/by-id/other' } }), disks: ['other'] };
    expect(kinds(other, booted)).toEqual(['power-off', 'boot', 'delete-disk']);
  });

  it('keeps a disk that it still writes to', () => {
    expect(kinds({ ...changed({ disk: undefined }), disks: [] }, booted)).toEqual([]);
  });

  it('without an address is disconnected and goes on running', () => {
    expect(kinds(changed({ address: undefined }), booted)).toEqual(['disconnect']);
  });

  it('without power stays off', () => {
    expect(kinds(deployed, { ...booted, isUnplugged: true })).toEqual(['power-off']);
    expect(kinds(deployed, { ...booted, isUnplugged: true, isOn: false, isUp: false })).toEqual([]);
  });
});
