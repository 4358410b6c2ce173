import { describe, expect, it } from 'vitest';
import configuration from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { describeEnvironment } from '../../../../lib/deployment/describe.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { Effect, ResourceChange } from '../../../../lib/inventory/resource.ts';
import type { ImageState } from '../../../../lib/ports/gcp.ts';
import type { MachineImageFacts } from '../../../../lib/ports/preflight.ts';
import { planLive } from '../../../../scripts/commands/plan/live.ts';
import { carryOut } from '../../../../scripts/commands/up/steps.ts';
import type { Clouds, Context } from '../../../../scripts/runtime/context.ts';

const guardStep = { id: 'guard', title: 'guard', after: [], action: { do: 'guard' } } as const;
const gone: ImageState = { kind: 'not-found' };

const description = describeEnvironment(environmentOf(configuration, 'prod'));

describe('a GPU machine that would have no image to boot from', () => {
  it.each<[Effect, string]>([
    ['replace', 'could not be made again once it was deleted'],
    ['create', 'could not be made. Nothing'],
  ])('stops up before anything is changed: %s', async (effect, why) => {
    await expect(guarding(effect, gone)).rejects.toMatchObject({
      code: 'no-image',
      message: 'no image projects/deeplearning-platform-release/global/images/family/common-cu129-ubuntu-2204-nvidia-580',
      why: expect.stringContaining(why),
      next: expect.stringContaining('gcloud compute images list --project=deeplearning-platform-release'),
    });
  });

  it('stops plan --live too', async () => {
    await expect(planLive(context(['ai-machine']), clouds('replace', gone))).rejects.toMatchObject({ code: 'no-image' });
  });

  it('is not looked for when no machine is made', async () => {
    await expect(guarding('update', gone)).resolves.toBeUndefined();
  });

  it.each<ImageState>([
    { kind: 'found', name: 'x' },
    { kind: 'unknown', reason: 'compute.googleapis.com is not enabled yet' },
  ])('stops nothing when the answer is %j', async (image) => {
    await expect(guarding('replace', image)).resolves.toBeUndefined();
  });
});

describe('a machine of AWS that would have no image to boot from', () => {
  const pinned = { key: 'ssm:account=1:image', id: 'ami-1' };

  it.each<[Effect, MachineImageFacts, string]>([
    ['replace', pinned, 'AWS does not know it (any more); Host could not be made again once it was deleted. Nothing was changed.'],
    ['create', pinned, 'AWS does not know it (any more); Host could not be made. Nothing was changed.'],
    ['replace', { ...pinned, state: 'disabled' }, 'AWS says that it is disabled; Host could not be made again'],
  ])('stops up before anything is changed: %s, %j', async (effect, image, why) => {
    await expect(guardingAws(effect, async () => image)).rejects.toMatchObject({
      code: 'no-image',
      message: 'no image ami-1',
      why: expect.stringContaining(why),
      next: expect.stringContaining('npx cdk context --reset "ssm:account=1:image"; npx cdk synth -q'),
    });
  });

  it('stops plan --live too', async () => {
    await expect(
      planLive(
        context(['Host']),
        awsClouds('replace', async () => pinned),
      ),
    ).rejects.toMatchObject({ code: 'no-image' });
  });

  it('is not looked for when no machine is made', async () => {
    await expect(guardingAws('update', async () => pinned)).resolves.toBeUndefined();
  });

  it.each<[string, () => Promise<MachineImageFacts>]>([
    ['there', async () => ({ ...pinned, state: 'available', deprecation: '2020-01-01T00:00:00.000Z' })],
    ['one that may not be looked at', async () => Promise.reject(new DojangError('no-permission', 'no permission'))],
  ])('stops nothing when the image is %s', async (_, image) => {
    await expect(guardingAws('replace', image)).resolves.toBeUndefined();
  });
});

function guardingAws(effect: Effect, image: () => Promise<MachineImageFacts>): Promise<void> {
  return carryOut(guardStep, context(['Host']), awsClouds(effect, image), { description, chosen: [] });
}

function awsClouds(effect: Effect, image: () => Promise<MachineImageFacts>): Clouds {
  const change: ResourceChange = { cloud: 'aws', stack: 'host', id: 'Host', type: 'AWS::EC2::Instance', effect, changed: [] };
  const aws = { changes: async () => [change], outputs: async () => ({}) };
  const gcp = { inputs: async () => undefined, changes: async () => [] };
  return { aws, gcp, preflight: { aws: { image } } } as unknown as Clouds;
}

function guarding(effect: Effect, image: ImageState): Promise<void> {
  return carryOut(guardStep, context(['ai-machine']), clouds(effect, image), { description, chosen: [] });
}

function clouds(effect: Effect, image: ImageState): Clouds {
  const change: ResourceChange = {
    cloud: 'gcp',
    stack: 'machine',
    id: 'ai-machine',
    type: 'gcp:compute/instance:Instance',
    effect,
    changed: [],
  };
  const aws = { changes: async () => [], outputs: async () => ({}) };
  const gcp = { inputs: async () => undefined, changes: async () => [change], image: async () => image };
  return { aws, gcp } as unknown as Clouds;
}

function context(approve: readonly string[]): Context {
  const report = { task: (_: string, work: (progress: () => void) => Promise<unknown>) => work(() => undefined), note: () => undefined };
  return { environment: environmentOf(configuration, 'prod'), report, options: { dryRun: false, approve } } as unknown as Context;
}
