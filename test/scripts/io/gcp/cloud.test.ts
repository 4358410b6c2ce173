import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NoCapacity } from '../../../../lib/deployment/no-capacity.ts';
import type { ActualRule } from '../../../../lib/wiring/rule.ts';
import { clearFaults, writeFaults } from '../../../../scripts/local/gcp/index.ts';
import { inputs, openPlace, type Place, silent, withGcp } from './place.ts';

const machine = 'gcp:compute/instance:Instance';
const disk = 'gcp:compute/disk:Disk';
const firewall = 'gcp:compute/firewall:Firewall';
const network = 'dojang-local-network';
const nextZone = { ...inputs, zone: 'asia-northeast3-c' };

let place: Place;
afterEach(() => clearFaults(place.cloudFolder));

describe('the GCP side on the real engine', () => {
  beforeAll(async () => {
    place = await openPlace();
  });
  afterAll(() => place.end());

  it('previews everything as new, and leaves nothing behind', async () => {
    expect(await place.cloud.inputs()).toBeUndefined();
    const changes = await place.cloud.changes(inputs);
    expect(changes.every(({ effect }) => effect === 'create')).toBe(true);
    expect(changes).toContainEqual({ cloud: 'gcp', stack: 'data', id: 'ai-data', type: disk, effect: 'create', changed: [] });
    expect(await place.cloud.inputs()).toBeUndefined();
    expect(place.contents()).toEqual([]);
  });

  it('takes the next zone when one has no stock, with the same address', async () => {
    writeFaults(place.cloudFolder, { stockout: [inputs.zone] });
    const failure = await place.cloud.up(inputs, silent).catch((error) => error);
    expect(failure).toBeInstanceOf(NoCapacity);
    expect(failure).toMatchObject({ kind: 'stock-out', zone: inputs.zone, zonesAvailable: [nextZone.zone], heldBy: [] });
    const reserved = place.contents('gcp:compute/address:Address')[0]?.computed.address;
    expect(reserved).toBe('198.51.100.10');
    expect(await place.cloud.up(nextZone, silent)).toMatchObject({ zone: nextZone.zone, address: reserved });
    expect(place.contents(machine).map(({ inputs }) => inputs.zone)).toEqual([nextZone.zone]);
  });

  it('changes nothing when done again', async () => {
    const before = place.contents();
    const notes: string[] = [];
    await place.cloud.up(nextZone, (note) => notes.push(note));
    expect(place.contents()).toEqual(before);
    expect(notes).toEqual([]);
    expect(await place.cloud.changes(nextZone)).toEqual([]);
    expect(await place.cloud.inputs()).toEqual(nextZone);
    expect(await place.cloud.outputs()).toMatchObject({ address: '198.51.100.10', machine: 'dojang-local-ai' });
  });

  it('reports the replacement of what is protected, and refuses to do it', async () => {
    const changes = await place.cloud.changes(inputs);
    expect(changes).toContainEqual({ cloud: 'gcp', stack: 'data', id: 'ai-data', type: disk, effect: 'replace', changed: ['zone'] });
    expect(changes).toContainEqual({
      cloud: 'gcp',
      stack: 'machine',
      id: 'ai-machine',
      type: machine,
      effect: 'replace',
      changed: ['zone'],
    });
    const before = place.contents();
    await expect(place.cloud.up(inputs, silent)).rejects.toMatchObject({ code: 'gcp-protected' });
    expect(place.contents()).toEqual(before);
    await place.cloud.up(nextZone, silent);
  });

  it('lets a disk grow in place and not shrink', async () => {
    const grown = place.as(withGcp({ dataDisk: '200 GiB' }));
    expect(await grown.changes(nextZone)).toEqual([
      { cloud: 'gcp', stack: 'data', id: 'ai-data', type: disk, effect: 'update', changed: ['size'] },
    ]);
    expect(await place.as(withGcp({ dataDisk: '50 GiB' })).changes(nextZone)).toContainEqual(
      expect.objectContaining({ id: 'ai-data', effect: 'replace', changed: ['size'] }),
    );
  });

  it('replaces the machine when that is approved, and only then', async () => {
    const before = place.contents(machine)[0]?.computed.creationTimestamp;
    const approved = { ...inputs, approved: ['ai-machine', 'ai-data'] };
    expect(await place.cloud.up(approved, silent)).toMatchObject({ zone: inputs.zone, address: '198.51.100.10' });
    expect(place.contents(machine)).toHaveLength(1);
    expect(place.contents(machine)[0]?.computed.creationTimestamp).not.toBe(before);
    expect(place.contents(machine)[0]?.inputs.deletionProtection).toBe(true);
    for (const name of approved.approved) expect(await place.recorded(name)).toMatchObject({ protect: true });
    expect(await place.cloud.changes(inputs)).toEqual([]);
  });

  it('finds rules made and changed by hand, and reverts them', async () => {
    const clean = await place.cloud.rules(network);
    await byHand('POST', '', { name: 'by-hand', network: `projects/dojang-local/global/networks/${network}`, ...open });
    await byHand('PATCH', '/dojang-local-ai', { sourceRanges: ['0.0.0.0/0'] });
    const found = await place.cloud.rules(network);
    const stray = found.find(({ carrier }) => carrier === 'by-hand');
    expect(stray).toMatchObject({ protocol: 'tcp', ports: [22, 22], peer: '0.0.0.0/0', handle: 'by-hand' });
    if (stray) await place.cloud.revoke(stray);
    expect(await place.cloud.changes(inputs)).toEqual([]);
    await place.cloud.refresh(silent);
    expect(await place.cloud.changes(inputs)).toMatchObject([{ id: 'ai-firewall', effect: 'update', changed: ['sourceRanges'] }]);
    // The provider does not take the range of everyone away when it is the only one there: both are
    // sent.
    await place.cloud.up(inputs, silent);
    expect(await peersOf('dojang-local-ai')).toEqual(['0.0.0.0/0', '203.0.113.10/32']);
    await place.cloud.up(inputs, silent);
    expect(await place.cloud.rules(network)).toEqual(clean);
  });

  it('is closed again by the order of wire: what is too much is revoked before the repair', async () => {
    const clean = await rules();
    await byHand('PATCH', '/dojang-local-ai', { sourceRanges: ['0.0.0.0/0'] });
    const stray = (await rules()).find(({ peer }) => peer === '0.0.0.0/0');
    if (stray) await place.cloud.revoke(stray);
    await place.cloud.repairRules(inputs, silent);
    expect(await rules()).toEqual(clean);
  });

  it('puts its own firewalls right and nothing else, with the address of now', async () => {
    const clean = await rules();
    const others = () => place.contents().filter(({ type }) => type !== firewall);
    const before = others();
    await byHand('PATCH', '/dojang-local-ai', { sourceRanges: ['0.0.0.0/0'] });
    await byHand('DELETE', '/dojang-local-ssh');
    const bigger = place.as(withGcp({ machine: 'n1-standard-4' }));
    await bigger.repairRules({ ...nextZone, awsAddress: '203.0.113.99' }, silent);
    // Without a revocation before it, the repair leaves open what was open to everyone alone.
    expect(await peersOf('dojang-local-ai')).toEqual(['0.0.0.0/0', '203.0.113.99/32']);
    expect(await peersOf('dojang-local-ssh')).toEqual(
      clean.filter(({ carrier }) => carrier === 'dojang-local-ssh').map(({ peer }) => peer),
    );
    expect(others()).toEqual(before);
    expect(await place.cloud.inputs()).toEqual({ ...inputs, awsAddress: '203.0.113.99' });
    const changes = await bigger.changes({ ...inputs, awsAddress: '203.0.113.99' });
    expect(changes.map(({ id, effect, changed }) => `${id}: ${effect} ${changed.join(', ')}`).sort()).toEqual([
      'ai-firewall: update sourceRanges',
      'ai-machine: update machineType',
    ]);
    await place.cloud.repairRules(inputs, silent);
    expect(await rules()).toEqual(clean);
    expect(await place.cloud.changes(inputs)).toEqual([]);
  });

  it('removes all but what is kept and comes back to it, or leaves it when that is approved', async () => {
    const address = place.contents('gcp:compute/address:Address')[0];
    const data = place.contents(disk)[0];
    await byHand('POST', '', { name: 'by-hand', network: `projects/dojang-local/global/networks/${network}`, ...open });
    const keep = ['ai-address', 'ai-data'];
    await place.cloud.destroy({ keep }, silent);
    expect(place.contents()).toEqual([data, address].sort((one) => (one === address ? -1 : 1)));
    await place.cloud.destroy({ keep }, silent);
    await expect(place.cloud.repairRules(inputs, silent)).rejects.toMatchObject({ code: 'not-deployed' });
    expect(await place.cloud.up(inputs, silent)).toMatchObject({ address: '198.51.100.10' });
    expect(place.contents(disk)[0]?.computed.creationTimestamp).toBe(data?.computed.creationTimestamp);
    await place.cloud.destroy({ keep }, silent);
    // The data is in this zone, so another one is no way out unless the data may go.
    writeFaults(place.cloudFolder, { stockout: [inputs.zone] });
    await expect(place.cloud.up(inputs, silent)).rejects.toMatchObject({ kind: 'stock-out', heldBy: ['ai-data'] });
    expect(place.contents(disk)).toHaveLength(1);
    const approved = { ...inputs, approved: ['ai-data'] };
    await expect(place.cloud.up(approved, silent)).rejects.toMatchObject({ kind: 'stock-out', heldBy: [] });
    expect(place.contents(disk)).toEqual([]);
    expect(place.contents('gcp:compute/address:Address')).toEqual([address]);
  });

  it('removes everything, and does nothing when there is nothing', async () => {
    await place.cloud.destroy({ keep: [] }, silent);
    await place.cloud.destroy({ keep: [] }, silent);
    expect(place.contents()).toEqual([]);
    expect(await place.cloud.inputs()).toBeUndefined();
    expect(readdirSync(join(place.folder, 'work'))).toEqual(['Pulumi.yaml']);
  });
});

const open = { sourceRanges: ['0.0.0.0/0'], allowed: [{ IPProtocol: 'tcp', ports: ['22'] }] };

/** In the order of their names, whichever was made first. */
async function rules(): Promise<ActualRule[]> {
  return [...(await place.cloud.rules(network))].sort((one, other) => one.carrier.localeCompare(other.carrier));
}

async function peersOf(firewall: string): Promise<string[]> {
  return (await rules()).filter(({ carrier }) => carrier === firewall).map(({ peer }) => peer);
}

/** A change by hand, as with curl. */
async function byHand(method: string, path: string, body?: object): Promise<void> {
  const url = `${place.connection.endpoints.google.compute}projects/dojang-local/global/firewalls${path}`;
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  expect(answer.status).toBe(200);
}
