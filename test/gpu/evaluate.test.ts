import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RegisteredResource, registeredResources } from '../../gpu/evaluate.ts';
import type { Properties } from '../../lib/inventory/resource.ts';
import type { GcpInputs } from '../../lib/ports/gcp.ts';
import { inputs, prod } from './environments.ts';

const iap = '35.235.240.0/20';

describe('what the GCP program registers', () => {
  it('is known to the last property', async () => {
    expect(await registeredResources(prod, inputs)).toMatchSnapshot();
  });

  it('is the same each time, also when evaluations overlap', async () => {
    const [one, other] = await Promise.all([registeredResources(prod, inputs), registeredResources(prod, inputs)]);
    expect(one).toEqual(other);
  });

  it('has one name for each resource, as people type it after --approve', async () => {
    const names = (await registeredResources(prod, inputs)).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('opens the AI port to the AWS address and SSH to Identity-Aware Proxy, and nothing else', async () => {
    expect(await openings(inputs)).toEqual([
      { sources: ['203.0.113.10/32'], allows: [{ protocol: 'tcp', ports: ['8443'] }] },
      { sources: [iap], allows: [{ protocol: 'tcp', ports: ['22'] }] },
    ]);
  });

  it('never lets in more than one address beside Identity-Aware Proxy, whatever it is given', async () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6(),
      fc.string(),
      fc.tuple(fc.ipV4(), fc.nat(40)).map((parts) => parts.join('/')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (awsAddress) => {
        const sources = await openings({ ...inputs, awsAddress }).then(
          (all) => all.flatMap((opening) => opening.sources),
          () => [],
        );
        expect(sources.filter((source) => source !== iap && !String(source).endsWith('/32'))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['203.0.113.10/32', '203.0.113.0/24', '0.0.0.0/0', '', 'everyone', '2001:db8::1', '203.0.113', '203.0.113.256'])(
    'refuses the peer %j',
    async (awsAddress) => {
      await expect(registeredResources(prod, { ...inputs, awsAddress })).rejects.toMatchObject({
        code: 'invalid-peer',
        message: expect.stringContaining(JSON.stringify(awsAddress)),
      });
    },
  );

  it('refuses a zone that is not configured and names those that are', async () => {
    const refusal = registeredResources(prod, { ...inputs, zone: 'asia-northeast3-a' });
    await expect(refusal).rejects.toThrow('asia-northeast3-a is not a zone of prod; configured: asia-northeast3-b, asia-northeast3-c');
    expect(await registeredResources(prod, inputs)).not.toEqual([]);
  });

  it('keeps everything but the zonal resources when the zone changes', async () => {
    const [b, c] = await Promise.all(prod.gcp.zones.map((zone) => registeredResources(prod, { ...inputs, zone })));
    const changed = b?.filter((resource, index) => JSON.stringify(resource) !== JSON.stringify(c?.[index])).map(({ name }) => name);
    expect(changed?.filter((name) => !name.startsWith('ssh-'))).toEqual([
      'ai-data',
      'ai-data-attachment',
      'ai-data-snapshots-attachment',
      'ai-machine',
    ]);
  });

  it('protects the address, the data and the machine, except those approved by name', async () => {
    expect(await protectedNames(inputs)).toEqual(['ai-address', 'ai-data', 'ai-machine']);
    expect(await protectedNames({ ...inputs, approved: ['ai-machine', 'HostInstance'] })).toEqual(['ai-address', 'ai-data']);
  });

  it('makes the data disk from a snapshot under a name of its own, protected and attached like the one of before', async () => {
    const restored = { ...prod, gcp: { ...prod.gcp, dataSnapshot: 'before-the-move' } };
    const [before, after] = await Promise.all([registeredResources(prod, inputs), registeredResources(restored, inputs)]);
    const disk = after.find(({ name }) => name === 'ai-data');
    expect(disk).toMatchObject({
      protect: true,
      inputs: {
        name: expect.stringMatching(/^dojang-prod-ai-data-[0-9a-f]{8}$/),
        snapshot: 'projects/dojang-prod/global/snapshots/before-the-move',
        size: 100,
      },
    });
    expect(after.filter(({ name }) => name !== 'ai-data')).toEqual(before.filter(({ name }) => name !== 'ai-data'));
  });

  it('lets Google delete the machine only when it is approved', async () => {
    expect((await one('ai-machine')).deletionProtection).toBe(true);
    expect((await one('ai-machine', { ...inputs, approved: ['ai-machine'] })).deletionProtection).toBe(false);
  });

  it('starts the machine as a T4 needs it and changes its script in place', async () => {
    const machine = await one('ai-machine');
    expect(machine).toMatchObject({
      machineType: 'n1-standard-2',
      guestAccelerators: [{ type: 'nvidia-tesla-t4', count: 1 }],
      scheduling: { onHostMaintenance: 'TERMINATE', automaticRestart: true },
      shieldedInstanceConfig: { enableSecureBoot: false, enableVtpm: true, enableIntegrityMonitoring: true },
      allowStoppingForUpdate: true,
      metadata: { 'enable-oslogin': 'TRUE', 'serial-port-enable': 'FALSE', 'block-project-ssh-keys': 'TRUE' },
    });
    expect(machine).not.toHaveProperty('metadataStartupScript');
    expect(machine.metadata).toHaveProperty('startup-script', expect.stringMatching(/^#!\/bin\/sh\n/));
  });

  it('gives the machine no right but to write logs and metrics', async () => {
    const roles = (await registeredResources(prod, inputs)).filter(({ inputs }) => isAiAccount(inputs.member));
    expect(roles.map(({ inputs }) => inputs.role)).toEqual(['roles/logging.logWriter', 'roles/monitoring.metricWriter']);
  });

  it('labels all that Google lets us label', async () => {
    const labelled = ['ai-address', 'ai-data', 'ai-machine'];
    for (const name of labelled) expect((await one(name)).labels).toEqual(prod.names.tags);
    expect((await one('budget-contact')).userLabels).toEqual(prod.names.tags);
  });

  it('names its project on every resource that has one, so that no ambient setting decides', async () => {
    const elsewhere = (await registeredResources(prod, inputs)).filter(({ inputs }) => inputs.project !== 'dojang-prod');
    expect(elsewhere.map(({ name }) => name)).toEqual([
      'budget',
      'ssh-account group:operators@example.com',
      'ssh-account user:kim@example.com',
    ]);
  });
});

async function openings(given: GcpInputs) {
  const firewalls = (await registeredResources(prod, given)).filter(({ type }) => type === 'gcp:compute/firewall:Firewall');
  return firewalls.map(({ inputs }) => ({ sources: [inputs.sourceRanges].flat(), allows: inputs.allows }));
}

async function protectedNames(given: GcpInputs): Promise<string[]> {
  return (await registeredResources(prod, given)).filter(({ protect }) => protect).map(({ name }) => name);
}

async function one(name: string, given = inputs): Promise<Properties> {
  const found: RegisteredResource | undefined = (await registeredResources(prod, given)).find((resource) => resource.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.inputs;
}

function isAiAccount(member: unknown): boolean {
  return JSON.stringify(member ?? '').includes('ai-account');
}
