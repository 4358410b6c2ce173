import { describe, expect, it } from 'vitest';
import configuration from '../../dojang.config.ts';
import { environmentOf } from '../../lib/config/environment.ts';
import type { Effect, ResourceChange } from '../../lib/inventory/resource.ts';
import type { ImageState } from '../../lib/ports.ts';
import type { Clouds, Context } from '../../scripts/context.ts';
import { planLive } from '../../scripts/live.ts';
import { carryOut } from '../../scripts/up-steps.ts';

const guardStep = { id: 'guard', title: 'guard', after: [], action: { do: 'guard' } } as const;
const gone: ImageState = { kind: 'not-found' };

describe('a machine that would have no image to boot from', () => {
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

function guarding(effect: Effect, image: ImageState): Promise<void> {
  return carryOut(guardStep, context(['ai-machine']), clouds(effect, image), {});
}

function clouds(effect: Effect, image: ImageState): Clouds {
  const change: ResourceChange = {
    cloud: 'gcp',
    stack: 'machine',
    id: 'ai-machine',
    type: 'gcp:compute/instance:Instance',
    effect,
    because: [],
  };
  const aws = { changes: async () => [], outputs: async () => ({}) };
  const gcp = { inputs: async () => undefined, changes: async () => [change], image: async () => image };
  return { aws, gcp } as unknown as Clouds;
}

function context(approve: readonly string[]): Context {
  const report = { task: (_: string, work: (progress: () => void) => Promise<unknown>) => work(() => undefined) };
  return { environment: environmentOf(configuration, 'prod'), report, options: { dryRun: false, approve } } as unknown as Context;
}
