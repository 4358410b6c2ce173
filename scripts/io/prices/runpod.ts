/** RunPod's catalogue of GPUs. */
import { ItemsReader } from '../../../lib/cost/prices/refresh/items.ts';
import type { Candidate, ListRead, Wanted } from '../../../lib/cost/prices/refresh/published-price.ts';
import { readGpu } from '../../../lib/cost/prices/refresh/runpod-gpu.ts';
import { type JsonPlace, tokensOf } from './tokens.ts';

const catalogue = 'https://api.runpod.io';

/** The live catalogue, which a RunPod API key opens. */
export function liveGpus(key: string, base = catalogue): JsonPlace {
  return { place: `${base}/v2/catalog/gpus?product=SERVERLESS`, headers: { authorization: `Bearer ${key}` } };
}

/**
 * Reads the catalogue from a file or an address. @throws DojangError when it cannot be read or is
 * not one.
 */
export async function readGpus(from: JsonPlace, wanted: Wanted, today: string): Promise<ListRead> {
  const candidates: Candidate[] = [];
  const reader = new ItemsReader('gpus', (gpu) => candidates.push(...readGpu(gpu, wanted, today)));
  for await (const tokens of tokensOf(from)) {
    for (const token of tokens) reader.take(token);
  }
  reader.finish(from.place);
  return { candidates, refused: [], scopes: ['runpod serverless global', 'runpod pod global'] };
}
