import { describe, expect, it } from 'vitest';
import { type ResourceSchema, resourceSchema } from '../../../../../lib/inventory/gcp/schema.ts';
import type { Properties } from '../../../../../lib/inventory/resource.ts';
import { checkInputs, hasFixedName, unknown, withName } from '../../../../../scripts/local/gcp/provider/check.ts';
import { withDefaults } from '../../../../../scripts/local/gcp/provider/defaults.ts';

const firewall = schemaOf('gcp:compute/firewall:Firewall');
const machine = schemaOf('gcp:compute/instance:Instance');

describe('inputs that the real provider refuses', () => {
  it('accepts what is right, also values that are not known yet', () => {
    const inputs = { project: 'p', network: unknown, allows: [{ protocol: 'tcp', ports: ['443'] }], sourceRanges: [unknown] };
    expect(checkInputs(firewall, inputs)).toEqual({ inputs, failures: [] });
  });

  it('names what is missing, unknown and of a wrong type, at any depth', () => {
    const inputs = { project: 'p', alows: [], allows: [{ ports: '443' }], priority: 'high', sourceRanges: '0.0.0.0/0' };
    expect(faults(firewall, inputs)).toEqual(['allows[0].ports', 'allows[0].protocol', 'alows', 'network', 'priority', 'sourceRanges']);
  });

  it('looks into nested types of nested types', () => {
    const inputs = {
      machineType: 'n1-standard-2',
      bootDisk: { initializeParams: { size: 'big', imag: 'x' } },
      networkInterfaces: [{ accessConfigs: [{ natIP: '198.51.100.10' }] }],
    };
    expect(faults(machine, inputs)).toEqual([
      'bootDisk.initializeParams.imag',
      'bootDisk.initializeParams.size',
      'networkInterfaces[0].accessConfigs[0].natIP',
    ]);
  });

  it('says it as the real provider does', () => {
    expect(checkInputs(firewall, {}).failures).toEqual([
      { property: 'network', reason: 'Missing required argument. The argument "network" is required, but no definition was found' },
    ]);
  });

  it('takes numbers and switches written as text, as the real provider does', () => {
    const inputs = { network: 'n', priority: '900', disabled: 'true', name: 7 };
    expect(checkInputs(firewall, inputs)).toEqual({ inputs: { network: 'n', priority: 900, disabled: true, name: '7' }, failures: [] });
  });
});

describe('the name of a resource that brings none', () => {
  it('is its own with seven digits, the same for the same seed, and stays once given', () => {
    const first = withName(firewall, {}, {}, 'ai', Buffer.from('seed'));
    expect(first.name).toMatch(/^ai-[0-9a-f]{7}$/);
    expect(withName(firewall, {}, {}, 'ai', Buffer.from('seed'))).toEqual(first);
    expect(withName(firewall, {}, first, 'ai', Buffer.from('another'))).toEqual(first);
    expect(withName(firewall, { name: 'mine' }, first, 'ai', Buffer.from('seed'))).toEqual({ name: 'mine' });
  });
});

describe('a resource that has to be replaced', () => {
  it('goes before its successor comes when its name was given, and after it when the provider chose the name', () => {
    expect(hasFixedName(firewall, 'ai', { name: 'dojang-ai' }, { name: 'dojang-ai' })).toBe(true);
    expect(hasFixedName(firewall, 'ai', { name: 'dojang-ai' }, { name: 'other-ai' })).toBe(false);
    expect(hasFixedName(firewall, 'ai', { name: 'ai-0123abc' }, { name: 'ai-0123abc' })).toBe(false);
    expect(hasFixedName(schemaOf('gcp:projects/service:Service'), 'x', { service: 'a' }, { service: 'b' })).toBe(false);
  });
});

describe('defaults of the official provider', () => {
  it('are written where nothing was given, and only inside objects that were', () => {
    expect(withDefaults('gcp:compute/instance:Instance', { bootDisk: { autoDelete: true } })).toEqual({
      bootDisk: { autoDelete: true, mode: 'READ_WRITE' },
      eraseWindowsVssSignature: false,
    });
    expect(withDefaults('gcp:compute/subnetwork:Subnetwork', {})).toEqual({});
    expect(withDefaults('gcp:compute/subnetwork:Subnetwork', { logConfig: { filterExpr: 'x' } })).toEqual({
      logConfig: { filterExpr: 'x' },
    });
    const budget = { allUpdatesRule: { disableDefaultIamRecipients: false } };
    expect(withDefaults('gcp:billing/budget:Budget', budget)).toEqual({
      allUpdatesRule: { schemaVersion: '1.0', ...budget.allUpdatesRule },
    });
    expect(withDefaults('gcp:compute/network:Network', {})).toEqual({ networkFirewallPolicyEnforcementOrder: 'AFTER_CLASSIC_FIREWALL' });
    expect(withDefaults('gcp:compute/address:Address', { name: 'a' })).toEqual({ name: 'a' });
  });
});

function faults(schema: ResourceSchema, inputs: Properties): string[] {
  return checkInputs(schema, inputs)
    .failures.map(({ property }) => property)
    .sort();
}

function schemaOf(type: string): ResourceSchema {
  const schema = resourceSchema(type);
  if (!schema) throw new Error(`no schema of ${type}`);
  return schema;
}
