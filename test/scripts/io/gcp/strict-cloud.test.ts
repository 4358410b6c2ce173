/**
 * What the real cloud and the official provider do that a kind stand-in would not, on the real
 * engine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtime } from '@pulumi/pulumi';
import type { PulumiFn } from '@pulumi/pulumi/automation/index.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import configuration from '../../../../dojang.config.ts';
import { gpuProgram } from '../../../../gpu/program.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { enableApisCommand } from '../../../../lib/config/google-apis.ts';
import type { GcpInputs } from '../../../../lib/ports/gcp.ts';
import { engineRun } from '../../../../scripts/io/gcp/engine/engine-run.ts';
import { previewChanges } from '../../../../scripts/io/gcp/stack/changes.ts';
import { deploy } from '../../../../scripts/io/gcp/stack/up.ts';
import { clearFaults, writeFaults } from '../../../../scripts/local/gcp/index.ts';
import { inputs, openPlace, type Place, silent, withGcp } from './place.ts';

const local = environmentOf(configuration, 'local');
const disk = 'gcp:compute/disk:Disk';
const address = 'gcp:compute/address:Address';
const machine = 'gcp:compute/instance:Instance';

let place: Place;
beforeAll(async () => {
  place = await openPlace(undefined, { interval: 1, limit: 100 });
});
afterEach(() => clearFaults(place.cloudFolder));
afterAll(() => place.end());

describe('a new project', () => {
  it('has its APIs off: after some patience up ends with the command that enables them', async () => {
    const hasty = await openPlace(place.folder, { interval: 1, limit: 0 });
    writeFaults(place.cloudFolder, { serviceDisabled: { cloudresourcemanager: 'always' } });
    await expect(hasty.cloud.up(inputs, silent)).rejects.toMatchObject({
      code: 'gcp-apis-disabled',
      message: 'GCP: cloudresourcemanager.googleapis.com is not enabled in dojang-local',
      next: `${enableApisCommand('dojang-local')}; then run the same command again`,
    });
    expect(place.contents()).toEqual([]);
  });

  it('refuses for a while after they were enabled: up waits, says for what, and goes on', async () => {
    writeFaults(place.cloudFolder, { serviceDisabled: { cloudresourcemanager: 3, compute: 1 } });
    const notes: string[] = [];
    expect(await place.cloud.up(inputs, (note) => notes.push(note))).toMatchObject({ address: '198.51.100.10' });
    // How many of its requests a try makes before the engine gives up is the engine's affair.
    expect([...new Set(notes.filter((note) => note.startsWith('waiting for')))]).toEqual([
      'waiting for cloudresourcemanager.googleapis.com: enabled, and not everywhere yet',
      'waiting for compute.googleapis.com: enabled, and not everywhere yet',
    ]);
    expect(place.contents(machine)).toHaveLength(1);
  });
});

describe('what is deployed', () => {
  it('differs in nothing after a refresh, whatever the provider and Google have added or put in another order', async () => {
    expect(await place.recorded('ai-machine')).toMatchObject({
      inputs: { eraseWindowsVssSignature: false, bootDisk: { mode: 'READ_WRITE' } },
    });
    await place.cloud.refresh(silent);
    expect(await place.recorded('budget')).toMatchObject({
      inputs: { budgetFilter: { creditTypes: expect.arrayContaining(['DISCOUNT']) } },
    });
    expect(await place.cloud.changes(inputs)).toEqual([]);
  });

  it('knows whether its image can still be had', async () => {
    expect(await place.cloud.image()).toEqual({ kind: 'found', name: 'common-cu129-ubuntu-2204-nvidia-580-v20261101' });
    writeFaults(place.cloudFolder, { retiredImages: ['common-cu129-ubuntu-2204-nvidia-580'] });
    expect(await place.cloud.image()).toEqual({ kind: 'not-found' });
    expect(await place.as(withGcp({ image: 'deeplearning-platform-release/common-cu129-ubuntu-2404-nvidia-580' })).image()).toMatchObject({
      kind: 'found',
    });
    writeFaults(place.cloudFolder, { serviceDisabled: { compute: 'always' } });
    expect(await place.cloud.image()).toEqual({ kind: 'unknown', reason: 'compute.googleapis.com is not enabled yet' });
  });
});

describe('an approval of what AWS has', () => {
  it('is none of the program: it runs once, and nothing is said to be protected again', async () => {
    const seen: GcpInputs[] = [];
    const notes: string[] = [];
    const programFor = (given: GcpInputs): PulumiFn => {
      seen.push(given);
      return async () => ({ ...gpuProgram(local, given) });
    };
    await deploy(place.session, { ...inputs, approved: ['Host'] }, programFor, (note) => notes.push(note));
    expect(seen).toEqual([{ ...inputs, approved: [] }]);
    expect(notes.filter((note) => note.includes('Host'))).toEqual([]);
  });
});

describe('a change that replaces what others refer to', () => {
  it('names them: a narrower or other range of the subnet takes the machine along, a wider one nothing', async () => {
    const other = await place.as(withGcp({ range: '10.40.0.0/24' })).changes(inputs);
    expect(other).toContainEqual(expect.objectContaining({ id: 'subnet', effect: 'replace', changed: ['ipCidrRange'] }));
    expect(other).toContainEqual(expect.objectContaining({ id: 'ai-machine', effect: 'replace', changed: ['networkInterfaces'] }));
    expect(await place.as(withGcp({ range: '10.30.0.0/23' })).changes(inputs)).toMatchObject([
      { id: 'subnet', effect: 'update', changed: ['ipCidrRange'] },
    ]);
  });

  it('names them when only the first is approved, and is carried out when all are', async () => {
    const programFor = describing(address, 'another description');
    const changes = await previewChanges(place.session, programFor({ ...inputs, approved: ['ai-address'] }));
    expect(changes).toContainEqual(expect.objectContaining({ id: 'ai-address', effect: 'replace', changed: ['description'] }));
    expect(changes).toContainEqual(expect.objectContaining({ id: 'ai-machine', effect: 'replace', changed: ['networkInterfaces'] }));
    const before = place.contents(disk);
    const approved = { ...inputs, approved: ['ai-address', 'ai-machine'] };
    expect(await deploy(place.session, approved, programFor, silent)).toMatchObject({ zone: inputs.zone });
    expect(place.contents(address)).toMatchObject([{ inputs: { description: 'another description' } }]);
    expect(place.contents(machine)).toHaveLength(1);
    expect(place.contents(disk).map(({ computed }) => computed.diskId)).toEqual(before.map(({ computed }) => computed.diskId));
    for (const name of approved.approved) expect(await place.recorded(name)).toMatchObject({ protect: true });
  });
});

describe('protection', () => {
  const made = () => place.contents(disk).map(({ computed }) => computed.creationTimestamp);

  it('of the engine alone lets a replacement pass once the state has lost it, and up refuses it all the same', async () => {
    const urn = (await place.recorded('ai-data'))?.urn ?? '';
    const withAddress = describing(address, 'another description');
    await place.session.unprotect([urn], silent);
    const before = made();
    const changed = describing(disk, 'replaced by dojang', withAddress);
    await expect(deploy(place.session, inputs, changed, silent)).rejects.toMatchObject({ code: 'gcp-protected' });
    expect(made()).toEqual(before);
    await place.session.unprotect([urn], silent);
    const stack = await place.session.open(silent);
    await engineRun(place.session, silent, (options) => stack.up({ ...options, program: changed(inputs) }));
    expect(made()).not.toEqual(before);
    expect(await place.recorded('ai-data')).toMatchObject({ protect: true });
  });

  it('stops a plain destroy only after it has removed what nothing depends on', async () => {
    const before = place.contents().length;
    const stack = await place.session.open(silent);
    await expect(engineRun(place.session, silent, (options) => stack.destroy(options))).rejects.toMatchObject({ code: 'gcp-protected' });
    expect(place.contents().length).toBeLessThan(before);
  });

  it('does not stop down half-way when the file with the stack’s settings is gone', async () => {
    const settings = join(place.folder, 'work', 'Pulumi.local.yaml');
    writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^config:\n( .*\n)*/m, ''));
    await place.cloud.destroy({ keep: [] }, silent);
    expect(place.contents()).toEqual([]);
  });
});

/**
 * The program with another description of one type, which replaces: what an edit of its source
 * would do.
 */
function describing(type: string, description: string, around?: (inputs: GcpInputs) => PulumiFn): (inputs: GcpInputs) => PulumiFn {
  return (given) => async () => {
    runtime.registerStackTransformation(({ type: each, props, opts }) =>
      each === type ? { props: { ...props, description }, opts } : undefined,
    );
    return around ? around(given)() : { ...gpuProgram(local, given) };
  };
}
