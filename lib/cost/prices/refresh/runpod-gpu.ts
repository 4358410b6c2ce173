/**
 * Reads a GPU of RunPod's catalogue (`GET https://api.runpod.io/v2/catalog/gpus`; its older GraphQL
 * interface has no serverless prices). Used: `id` and `price.{flex, active}`, dollars a second of
 * one worker, and `price.secure`, dollars an hour of a pod.
 */
import * as z from 'zod';
import { Big } from '../../../values/decimal.ts';
import type { PriceKey } from '../../component.ts';
import type { Candidate, Wanted } from './published-price.ts';

const amount = z.coerce.string().regex(/^\d+(\.\d+)?(e-?\d+)?$/i);
const gpuSchema = z.object({
  id: z.string(),
  price: z.object({ flex: amount.optional(), active: amount.optional(), secure: amount.optional() }),
});

/** GPUs of the classes that the book prices; all of a class must cost the same. */
const classes: Readonly<Record<string, string>> = {
  'NVIDIA RTX A4000': '16 GB (A4000, A4500, RTX 4000)',
  'NVIDIA RTX A4500': '16 GB (A4000, A4500, RTX 4000)',
  'NVIDIA RTX 4000 Ada Generation': '16 GB (A4000, A4500, RTX 4000)',
  'NVIDIA L4': '24 GB (L4, A5000, 3090)',
  'NVIDIA RTX A5000': '24 GB (L4, A5000, 3090)',
  'NVIDIA GeForce RTX 3090': '24 GB (L4, A5000, 3090)',
  'NVIDIA GeForce RTX 4090': '24 GB PRO (4090)',
  'NVIDIA RTX A6000': '48 GB (A6000, A40)',
  'NVIDIA A40': '48 GB (A6000, A40)',
  'NVIDIA L40': '48 GB PRO (L40, L40S, 6000 Ada)',
  'NVIDIA L40S': '48 GB PRO (L40, L40S, 6000 Ada)',
  'NVIDIA RTX 6000 Ada Generation': '48 GB PRO (L40, L40S, 6000 Ada)',
  'NVIDIA A100 80GB PCIe': '80 GB (A100)',
  'NVIDIA A100-SXM4-80GB': '80 GB (A100)',
  'NVIDIA H100 PCIe': '80 GB PRO (H100)',
  'NVIDIA H100 80GB HBM3': '80 GB PRO (H100)',
};

/** The catalogue has no date of its own: its prices are of the day it was read. */
export function readGpu(written: unknown, wanted: Wanted, asOf: string): Candidate[] {
  const parsed = gpuSchema.safeParse(written);
  if (!parsed.success) return [];
  const { id, price } = parsed.data;
  const found: (readonly [service: string, item: string, unit: 'second' | 'hour', usd: string | undefined])[] = [
    ['serverless', `${classes[id]} flex`, 'second', price.flex],
    ['serverless', `${classes[id]} active`, 'second', price.active],
    ['pod', `${id === 'NVIDIA L4' ? 'L4 24 GB' : id}, on demand`, 'hour', price.secure],
  ];
  return found.flatMap(([service, item, unit, usd]): Candidate[] => {
    const key: PriceKey = { provider: 'runpod', service, region: 'global', item };
    if (usd === undefined || !wanted(key)) return [];
    return [{ key, unit, tiers: [{ from: Big('0'), usd: Big(usd) }], sku: id, asOf, source: 'RunPod catalogue' }];
  });
}
