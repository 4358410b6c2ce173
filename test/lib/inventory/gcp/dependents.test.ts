import { beforeAll, describe, expect, it } from 'vitest';
import { registeredResources } from '../../../../gpu/evaluate.ts';
import { difference } from '../../../../lib/inventory/difference.ts';
import { guard } from '../../../../lib/inventory/guard.ts';
import { fromRegistered } from '../../../../lib/inventory/inventory.ts';
import type { PlannedResource, Properties, ResourceChange } from '../../../../lib/inventory/resource.ts';
import { inputs, prod } from '../../../gpu/environments.ts';

let planned: PlannedResource[];
beforeAll(async () => {
  planned = fromRegistered(await registeredResources(prod, inputs));
});

describe('a replaced resource with a fixed name', () => {
  it('takes along what refers to it: the machine with its address, and what hangs on the machine', () => {
    expect(replaced('ai-address', { description: 'another' })).toEqual([
      'ai-address: description',
      'ai-data-attachment: instance',
      'ai-machine: networkInterfaces',
      ...perMember('ssh-login', 'instanceName'),
      ...perMember('ssh-tunnel', 'instance'),
    ]);
  });

  it('takes along the attachments of a disk', () => {
    expect(replaced('ai-data', { description: 'another' })).toEqual([
      'ai-data-attachment: disk',
      'ai-data-snapshots-attachment: disk',
      'ai-data: description',
    ]);
  });

  it('takes the machine along with its subnet, whose range can only grow in place', () => {
    expect(replaced('subnet', { ipCidrRange: '10.40.0.0/24' })).toContain('ai-machine: networkInterfaces');
    expect(replaced('subnet', { ipCidrRange: '10.30.0.0/23' })).toEqual([]);
  });

  it('is refused until the whole set is approved, and the refusal names the set', () => {
    const changes = changesWith('ai-address', { description: 'another' });
    expect(() => guard(changes, ['ai-address'])).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^refused to go on\n.* would replace ai-machine \(.*\) because networkInterfaces changed: [^\n]*$/),
        next: expect.stringContaining('--approve ai-address --approve ai-machine'),
      }),
    );
    expect(() => guard(changes, ['ai-address', 'ai-machine'])).not.toThrow();
  });
});

describe('a replaced resource whose name Google or the provider chooses', () => {
  it('is made first, so that only what replaces for the value itself is replaced', () => {
    const changes = changesWith('ai-account', { accountId: 'another' });
    expect(changes.find(({ id }) => id === 'ai-machine')).toMatchObject({ effect: 'update', changed: ['serviceAccount.email'] });
  });
});

function perMember(name: string, property: string): string[] {
  return [...new Set(prod.gcp.ssh.members)].sort().map((member) => `${name} ${member}: ${property}`);
}

function replaced(id: string, properties: Properties): string[] {
  const changes = changesWith(id, properties).filter(({ effect }) => effect === 'replace');
  return changes.map((change) => `${change.id}: ${change.changed.join(', ')}`).sort();
}

function changesWith(id: string, properties: Properties): ResourceChange[] {
  const changed = planned.map((resource) =>
    resource.id === id ? { ...resource, properties: { ...resource.properties, ...properties } } : resource,
  );
  return difference(planned, changed);
}
