/** GPU inference on RunPod's serverless workers, in place of a machine of our own. */
import * as z from 'zod';

/**
 * GPUs by their memory, as RunPod sells them. https://docs.runpod.io/serverless/pricing (2026-08)
 */
const gpus = ['16 GB', '24 GB', '24 GB PRO', '48 GB', '48 GB PRO', '80 GB', '80 GB PRO'] as const;

const workers = z.number().int().min(0).max(100);

export const runpod = z.strictObject({
  gpu: z.literal(gpus, { error: (issue) => `${JSON.stringify(issue.input)} is no GPU that RunPod sells; write one of ${gpus.join(', ')}` }),
  workers: z
    .strictObject({
      /** Start when there is work and are paid by the second. */
      flex: workers.default(3),
      /** Always run. */
      active: workers.default(0),
    })
    .refine(({ flex, active }) => flex + active > 0, {
      error: 'flex and active are both 0, so no worker would answer; allow at least one',
    })
    .prefault({}),
});
