/**
 * What an environment has on RunPod: known from the configuration alone, as nothing there is
 * deployed by a template.
 */
import type { Environment } from '../config/environment.ts';
import type { PlannedResource } from './resource.ts';

/**
 * The endpoint that takes the place of the GPU machine; none when the configuration has no
 * `runpod`.
 */
export function runpodResources({ names, runpod }: Pick<Environment, 'names' | 'runpod'>): PlannedResource[] {
  if (!runpod) return [];
  const { gpu, workers } = runpod;
  const properties = { gpu, name: names.runpod.endpoint, workers: { active: workers.active, flex: workers.flex } };
  return [{ cloud: 'runpod', stack: 'runpod', id: 'ai-endpoint', type: 'runpod:serverless/endpoint:Endpoint', properties }];
}
