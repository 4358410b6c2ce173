/**
 * Whether the image is known: a synth that has not looked it up carries a placeholder that must
 * never be deployed.
 */
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { DojangError } from '../lib/errors/dojang-error.ts';

/**
 * For a synthesis in process. The CDK CLI looks missing values up by itself and synthesises again,
 * so `bin/cdk.ts` does not ask.
 * @throws DojangError `image-not-pinned` when the account's image is not in the context.
 */
export function requirePinnedImage(assembly: CloudAssembly): void {
  const [missing] = assembly.manifest.missing ?? [];
  if (!missing) return;
  throw new DojangError('image-not-pinned', `cdk.context.json has no value for ${missing.key}`, {
    why: 'The image is pinned there, so that a newer one never replaces the machine by itself.',
    next: 'npx cdk synth -q with credentials of that account looks it up once; commit cdk.context.json then',
  });
}
