/** What can be planned and priced, and not deployed yet. */
import type { Environment } from '../config/environment.ts';
import { DojangError } from '../errors/dojang-error.ts';

/** @throws DojangError `runpod-not-built` when the environment's GPU is RunPod's. */
export function requireDeployable({ name, runpod }: Pick<Environment, 'name' | 'runpod'>): void {
  if (!runpod) return;
  throw new DojangError('runpod-not-built', `environments.${name}.runpod asks for RunPod, and deploying to RunPod is not built yet`, {
    why: 'Going on would remove the GPU machine and put nothing in its place. Plan, cost and review know RunPod.',
    next: `take environments.${name}.runpod out of dojang.config.ts to deploy with the GPU machine on GCP`,
  });
}
