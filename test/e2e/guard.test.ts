/** The guard for stateful resources in `dojang plan`, in `cdk synth`, in `dojang up`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/io/state.ts';
import { Clone, type Ended } from './clone.ts';

const clone = new Clone();
afterAll(() => clone.remove());

/** Files as they are in the project, to undo an edit. */
const edited = ['dojang.config.ts', 'lib/constructs/network/static-address.ts', 'gpu/address.ts'];
afterEach(() => {
  for (const file of edited) clone.write(file, readFileSync(join(root, file), 'utf8'));
});

const plan = (...args: string[]) => clone.dojang('plan', '--env', 'prod', ...args);
const synth = (...args: string[]) => clone.run('npx', ['cdk', 'synth', '-q', ...args]);

function refused({ code, text }: Ended, what: RegExp): void {
  expect(text).toMatch(what);
  expect(text).toContain('refused to go on');
  expect(code).toBe(1);
}

describe('a larger data volume', () => {
  it('is planned and synthesised', async () => {
    clone.edit('dojang.config.ts', "dataDisk: '50 GiB'", "dataDisk: '80 GiB'");
    const planned = await plan();
    expect(planned.code, planned.text).toBe(0);
    expect(planned.text).toMatch(/~ aws {2}dojang-prod-addresses\/DataVolume {2}AWS::EC2::Volume {2}Size {2}holds data/);
    expect((await synth()).code).toBe(0);
  });
});

describe('another zone for the data', () => {
  it('of AWS is refused by plan and synth, unless it is approved by name', async () => {
    clone.edit('dojang.config.ts', "zone: 'ap-northeast-2a',\n        range", "zone: 'ap-northeast-2c',\n        range");
    const lost = /would replace DataVolume \(AWS::EC2::Volume\) because AvailabilityZone changed/;
    refused(await plan(), lost);
    refused(await synth(), lost);
    refused(await plan('--approve', 'DataVolume'), /would replace Host \(AWS::EC2::Instance\)/);
    expect((await plan('--approve', 'DataVolume', 'Host')).code).toBe(0);
    expect((await synth('--context', 'approve=DataVolume,Host')).code).toBe(0);
  });

  it('of GCP is refused by plan', async () => {
    clone.edit('dojang.config.ts', "zones: ['asia-northeast3-b', 'asia-northeast3-c'], // the", "zones: ['asia-northeast3-c'], // the");
    refused(await plan(), /would replace ai-data \(gcp:compute\/disk:Disk\) because zone changed/);
  });

  it('is not written into the committed plan without approval', async () => {
    const before = readFileSync(join(clone.folder, 'plans/prod.json'), 'utf8');
    clone.edit('dojang.config.ts', "zone: 'ap-northeast-2a',\n        range", "zone: 'ap-northeast-2c',\n        range");
    refused(await plan('--write'), /DataVolume/);
    expect(readFileSync(join(clone.folder, 'plans/prod.json'), 'utf8')).toBe(before);
  });
});

describe('a removed address', () => {
  it('of AWS is refused by plan and synth', async () => {
    clone.edit('lib/constructs/network/static-address.ts', "'Address'", "'NewAddress'");
    const lost = /would delete Address \(AWS::EC2::EIP\)/;
    refused(await plan(), lost);
    refused(await synth(), lost);
  });

  it('of GCP is refused by plan', async () => {
    clone.edit('gpu/address.ts', 'gcpResources.address,', "'new-address',");
    refused(await plan(), /would delete ai-address \(gcp:compute\/address:Address\)/);
  });
});

describe('up', () => {
  it('is stopped before anything changes, and goes on when the change is reverted', async () => {
    const first = await clone.up();
    expect(first.code, first.text).toBe(0);
    clone.edit('dojang.config.ts', "zone: 'ap-northeast-2a', machine", "zone: 'ap-northeast-2c', machine");
    clone.edit(
      'dojang.config.ts',
      "zones: ['asia-northeast3-b', 'asia-northeast3-c'],\n        machine",
      "zones: ['asia-northeast3-c'],\n        machine",
    );
    const stopped = await clone.up();
    refused(stopped, /would replace DataVolume/);
    expect(stopped.text).toMatch(/would replace ai-data/);
    expect(stopped.text).not.toMatch(/aws addresses/);
    clone.write('dojang.config.ts', readFileSync(join(root, 'dojang.config.ts'), 'utf8'));
    const again = await clone.up();
    expect(again.text).toMatch(/guard +\d+ s +nothing to change/);
  });

  it('grows the data volume and the data disk in place', async () => {
    clone.edit('dojang.config.ts', "zone: 'ap-northeast-2a', machine", "zone: 'ap-northeast-2a', dataDisk: '80 GiB', machine");
    clone.edit(
      'dojang.config.ts',
      "machine: 'n1-standard-2',\n        billing",
      "machine: 'n1-standard-2', dataDisk: '150 GiB',\n        billing",
    );
    const live = await clone.dojang('plan', '--live');
    expect(live.text).toMatch(/~ aws .*DataVolume .*Size/);
    expect(live.text).toMatch(/~ gcp .*ai-data .*size/);
    const up = await clone.up();
    expect(up.code, up.text).toBe(0);
    expect((await clone.dojang('plan', '--live')).text).toContain('no change');
  });

  it('replaces the machine when that is approved, and the data volume stays', async () => {
    const volumeOf = async () => (await clone.answer<{ aws: Record<string, string> }>('outputs')).aws;
    const before = await volumeOf();
    clone.edit(
      'dojang.config.ts',
      "zone: 'ap-northeast-2a', machine",
      "zone: 'ap-northeast-2a', rootDisk: '40 GiB', dataDisk: '80 GiB', machine",
    );
    clone.edit(
      'dojang.config.ts',
      "machine: 'n1-standard-2',\n        billing",
      "machine: 'n1-standard-2', dataDisk: '150 GiB',\n        billing",
    );
    refused(await clone.up(), /would replace Host \(AWS::EC2::Instance\) because BlockDeviceMappings changed/);
    const up = await clone.up('--approve', 'Host');
    expect(up.code, up.text).toBe(0);
    const after = await volumeOf();
    expect(after.InstanceId).not.toBe(before.InstanceId);
    expect(after.DataVolumeId).toBe(before.DataVolumeId);
    expect((await clone.dojang('plan', '--live')).text).toContain('no change');
  });

  it('comes before wire for a rule that CloudFormation makes', async () => {
    clone.edit(
      'dojang.config.ts',
      "zone: 'ap-northeast-2a', machine",
      "zone: 'ap-northeast-2a', rootDisk: '40 GiB', dataDisk: '80 GiB', ssh: { from: ['198.51.100.0/24'] }, machine",
    );
    clone.edit(
      'dojang.config.ts',
      "machine: 'n1-standard-2',\n        billing",
      "machine: 'n1-standard-2', dataDisk: '150 GiB',\n        billing",
    );
    const wire = await clone.dojang('wire');
    expect(wire.code).toBe(1);
    expect(wire.text).toContain('dojang-local-network does not have yet');
    const up = await clone.up();
    expect(up.code, up.text).toBe(0);
    expect(up.text).toContain('tcp 22 from 198.51.100.0/24');
    expect((await clone.dojang('wire', '--check')).code).toBe(0);
  });

  it('names all that a new address of GCP replaces, and looks for the image before any of it is deleted', async () => {
    clone.edit(
      'dojang.config.ts',
      "zone: 'ap-northeast-2a', machine",
      "zone: 'ap-northeast-2a', rootDisk: '40 GiB', dataDisk: '80 GiB', ssh: { from: ['198.51.100.0/24'] }, machine",
    );
    clone.edit(
      'dojang.config.ts',
      "machine: 'n1-standard-2',\n        billing",
      "machine: 'n1-standard-2', dataDisk: '150 GiB',\n        billing",
    );
    clone.edit('gpu/address.ts', "description: 'where the AWS side reaches the AI server'", "description: 'where the AI server is'");
    const made = () => readFileSync(join(clone.folder, '.dojang/local/gcp/cloud.json'), 'utf8');
    const before = made();
    const alone = await clone.up('--approve', 'ai-address');
    refused(alone, /would replace ai-machine \(gcp:compute\/instance:Instance\) because networkInterfaces changed/);
    expect(alone.text).toContain('--approve ai-address --approve ai-machine');
    const family = 'common-cu129-ubuntu-2204-nvidia-580';
    await clone.dojang('local', 'fault', '--retired-image', family);
    // The preflight would say so too; a chosen step does not begin with it.
    const retired = await clone.up('--only', 'gcp-ai', '--approve', 'ai-address', 'ai-machine');
    expect(retired.code).toBe(1);
    expect(retired.text).toContain(`no image projects/deeplearning-platform-release/global/images/family/${family}`);
    expect(made()).toBe(before);
    await clone.dojang('local', 'fault');
    const all = await clone.up('--approve', 'ai-address', 'ai-machine');
    expect(all.code, all.text).toBe(0);
    expect(made()).toContain('where the AI server is');
    expect((await clone.dojang('plan', '--live')).text).toContain('no change');
  });
});
