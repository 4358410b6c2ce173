import { describe, expect, it } from 'vitest';
import { difference } from '../../../../lib/inventory/gcp/difference.ts';
import { resourceSchema } from '../../../../lib/inventory/gcp/schema.ts';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { unknown } from '../../../../scripts/local/gcp/provider/check.ts';

describe('what a change means', () => {
  it('is nothing when the inputs are the same', () => {
    expect(differ('gcp:compute/disk:Disk', { size: 100, labels: { a: 'b' } }, { labels: { a: 'b' }, size: 100 })).toEqual({});
  });

  it('lets a disk grow in place and makes a new one to shrink it', () => {
    expect(differ('gcp:compute/disk:Disk', { size: 100 }, { size: 200 })).toEqual({ size: 'update' });
    expect(differ('gcp:compute/disk:Disk', { size: 100 }, { size: 50 })).toEqual({ size: 'update-replace' });
  });

  it.each([
    ['10.30.0.0/23', 'update'],
    ['10.0.0.0/8', 'update'],
    ['10.30.0.0/25', 'update-replace'],
    ['10.31.0.0/24', 'update-replace'],
    [unknown, 'update'],
  ])('lets the range of a subnet grow around the old one, and makes a new subnet for any other: %s', (range, effect) => {
    const changes = differ('gcp:compute/subnetwork:Subnetwork', { ipCidrRange: '10.30.0.0/24' }, { ipCidrRange: range });
    expect(changes).toEqual({ ipCidrRange: effect });
  });

  it('makes a new disk in another zone', () => {
    expect(differ('gcp:compute/disk:Disk', { zone: 'asia-northeast3-b' }, { zone: 'asia-northeast3-c' })).toEqual({
      zone: 'update-replace',
    });
  });

  it('names what differs inside lists and nested types', () => {
    const firewall = (ports: string[], more: Properties = {}) => ({ allows: [{ protocol: 'tcp', ports }], ...more });
    const changes = differ('gcp:compute/firewall:Firewall', firewall(['443', '80']), firewall(['443'], { disabled: true }));
    expect(changes).toEqual({ 'allows[0].ports[1]': 'delete', disabled: 'add' });
  });

  it('changes a boot disk in place where the cloud can, and replaces the machine where it can not', () => {
    const machine = (bootDisk: Properties) => ({ bootDisk });
    const old = machine({ autoDelete: true, initializeParams: { image: 'a' } });
    const type = 'gcp:compute/instance:Instance';
    expect(differ(type, old, machine({ autoDelete: false, initializeParams: { image: 'a' } }))).toEqual({
      'bootDisk.autoDelete': 'update',
    });
    expect(differ(type, old, machine({ autoDelete: true, initializeParams: { image: 'b' } }))).toEqual({
      'bootDisk.initializeParams.image': 'update-replace',
    });
  });

  it('counts a value that is not known yet as changed', () => {
    const changes = differ('gcp:compute/attachedDisk:AttachedDisk', { disk: 'd', instance: 'i' }, { disk: 'd', instance: unknown });
    expect(changes).toEqual({ instance: 'update-replace' });
  });
});

function differ(type: string, old: Properties, news: Properties): Record<string, string> {
  const schema = resourceSchema(type);
  if (!schema) throw new Error(`no schema of ${type}`);
  return Object.fromEntries(
    [...difference(type, schema, old, news)].map(([path, { kind, replaces }]) => [path, replaces ? `${kind}-replace` : kind]),
  );
}
