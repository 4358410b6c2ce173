import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import type { StepEventMetadata } from '@pulumi/pulumi/automation/index.js';
import { describe, expect, it } from 'vitest';
import { capacityIn, NoCapacity } from '../../../../../lib/deployment/no-capacity.ts';
import { EngineFailed, explainFailure } from '../../../../../scripts/io/gcp/engine/failures.ts';
import { idOf } from '../../../../../scripts/io/gcp/engine/ids.ts';
import { locksIn } from '../../../../../scripts/io/gcp/engine/locks.ts';
import { processes } from '../../../../../scripts/io/gcp/engine/processes.ts';
import { changesOf } from '../../../../../scripts/io/gcp/stack/changes.ts';

describe('capacity in messages of the provider', () => {
  it('is understood with and without the zones that have some', () => {
    const plain =
      "Error waiting for instance to create: The zone 'projects/p/zones/us-central1-a' does not have enough resources available";
    expect(capacityIn(plain, 'x')).toMatchObject({ kind: 'stock-out', zone: 'us-central1-a', zonesAvailable: undefined });
    const yaml = `${plain}\n code: ZONE_RESOURCE_POOL_EXHAUSTED\n zonesAvailable: us-central1-b,us-central1-f`;
    expect(capacityIn(yaml, 'x')?.zonesAvailable).toEqual(['us-central1-b', 'us-central1-f']);
  });

  it('is nothing in other failures', () => {
    expect(capacityIn("googleapi: Error 403: Required 'compute.instances.create' permission", 'x')).toBeUndefined();
  });

  it('says when data keeps the environment in the zone', () => {
    const details = { kind: 'stock-out', zone: 'b', zonesAvailable: ['c'], quota: undefined } as const;
    expect(new NoCapacity(details, []).why).toBe('Google has some in c.');
    const held = new NoCapacity(details, ['ai-data']);
    expect(held.why).toContain('ai-data in this zone holds data');
    expect(held.next).toContain('dojang up --approve ai-data');
    expect(held.next).not.toContain('configure another zone');
  });
});

describe('locks in messages of a backend', () => {
  it('are reported with their holder and its start', () => {
    const text = `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///x/.pulumi/locks/organization/dojang/local/0a.json: created by kim@${hostname()} (pid 4711) at 2026-11-21T10:00:00+09:00`;
    expect(locksIn(text)).toEqual([{ user: 'kim', host: hostname(), pid: 4711, since: '2026-11-21T10:00:00+09:00' }]);
    expect(locksIn('error: something else')).toEqual([]);
  });
});

describe('a failure of protection', () => {
  it('names the resources and the way to approve', () => {
    const text =
      'unable to replace resource "urn:pulumi:prod::dojang::dojang:gpu:AiData$gcp:compute/disk:Disk::ai-data"\nas it is ... `protect` flag';
    const failure = new EngineFailed([text, 'update failed'], undefined);
    expect(failure).toMatchObject({ code: 'gcp-protected', message: 'GCP: ai-data would be replaced or deleted' });
    expect(failure.next).toContain('--approve ai-data');
  });
});

describe('another failure', () => {
  it.each([
    ['googleapi: Error 403: Required permission', 'correct what it says; then run the same command'],
    ['googleapi: Error 403: Compute Engine API has not been used in project 1 before or it is disabled.', 'gcloud services enable '],
    ['googleapi: Error 403: The billingbudgets.googleapis.com API requires a quota project', 'set-quota-project'],
    ['PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions', 'pulumi login <where the state is'],
    ['get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE', 'set PULUMI_CONFIG_PASSPHRASE'],
    ['incorrect passphrase', 'set PULUMI_CONFIG_PASSPHRASE'],
    ['google: could not find default credentials', 'gcloud auth application-default login'],
  ])('says what to do: %s', async (words, next) => {
    expect(new EngineFailed([words], undefined)).toMatchObject({ message: `GCP: ${words}`, next: expect.stringContaining(next) });
    const thrown = new Error(`code: 255\n stdout: \n stderr: error: ${words}\n`);
    const answer = explainFailure(() => Promise.reject(thrown));
    await expect(answer).rejects.toMatchObject({ code: 'gcp-failed', message: `GCP: ${words}`, next: expect.stringContaining(next) });
  });

  it('stays as it is when it is ours', async () => {
    const fault = new TypeError('x is not a function');
    await expect(explainFailure(() => Promise.reject(fault))).rejects.toBe(fault);
  });
});

describe('processes', () => {
  it('are found with what started them, without a program that lists them', () => {
    const own = processes(process.pid);
    expect(own).toMatchObject([{ pid: process.pid, args: expect.stringContaining('node') }]);
    expect(processes()).toContainEqual(own[0]);
  });

  it('are gone when they have ended', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(processes(pid)).toEqual([]);
  });
});

describe('ids', () => {
  it('are those of the real provider', () => {
    const at = { project: 'p', zone: 'z', region: 'r' };
    const disk = 'projects/p/zones/z/disks/d';
    expect(idOf('gcp:compute/disk:Disk', { ...at, name: 'd' })).toBe(disk);
    const attachment = { ...at, disk, instance: 'projects/p/zones/z/instances/m' };
    expect(idOf('gcp:compute/attachedDisk:AttachedDisk', attachment)).toBe('projects/p/zones/z/instances/m/d');
    const member = { project: 'p', role: 'roles/viewer', member: 'user:kim@example.com' };
    expect(idOf('gcp:projects/iAMMember:IAMMember', member)).toBe('p/roles/viewer/user:kim@example.com');
  });

  it('are unknown when Google chooses them or an input is missing', () => {
    expect(idOf('gcp:billing/budget:Budget', { billingAccount: 'x' })).toBeUndefined();
    expect(idOf('gcp:compute/disk:Disk', { project: 'p', name: 'd' })).toBeUndefined();
  });
});

describe('changes from the steps of a preview', () => {
  it('are one for each resource, with the component and what causes them', () => {
    const urn = 'urn:pulumi:prod::dojang::dojang:gpu:AiData$gcp:compute/disk:Disk::ai-data';
    const steps = [step(urn, 'delete-replaced'), step(urn, 'replace'), step(urn, 'create-replacement', ['zone'])];
    expect(changesOf(steps)).toEqual([
      { cloud: 'gcp', stack: 'data', id: 'ai-data', type: 'gcp:compute/disk:Disk', effect: 'replace', changed: ['zone'] },
    ]);
  });

  it('leave out what stays the same', () => {
    expect(changesOf([step('urn:pulumi:prod::dojang::gcp:compute/disk:Disk::ai-data', 'same')])).toEqual([]);
  });
});

function step(urn: string, op: StepEventMetadata['op'], keys: string[] = []): StepEventMetadata {
  const type = 'gcp:compute/disk:Disk';
  const state = { type, urn, id: 'x', parent: 'urn:pulumi:prod::dojang::dojang:gpu:AiData::data', inputs: {}, outputs: {}, provider: '' };
  return { urn, op, type, keys, old: state, new: state, provider: '' };
}
