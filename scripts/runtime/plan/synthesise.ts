/**
 * The CloudFormation templates of an environment, synthesised in this process without the policy
 * checks.
 */
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { fromTemplate, type Template } from '../../../lib/inventory/inventory.ts';
import type { PlannedResource } from '../../../lib/inventory/resource.ts';
import { awsApp } from '../../../stacks/app.ts';
import { policyFindings } from '../../../stacks/findings.ts';
import { requirePinnedImage } from '../../../stacks/pinned-image.ts';
import { inTemporaryFolder } from '../../io/state.ts';

/** Every AWS resource of an environment. @throws as `assemble`. */
export function synthesise(environment: Environment): PlannedResource[] {
  return inTemporaryFolder((outdir) => resourcesOf(assemble(environment, outdir, { checks: false })));
}

/**
 * The cloud assembly of an environment in a folder.
 * @throws DojangError `image-not-pinned` when the account's image is not known yet; with `checks`
 *   also `policy` with every open finding.
 */
export function assemble(environment: Environment, outdir: string, { checks }: { readonly checks: boolean }): CloudAssembly {
  const assembly = awsApp(environment, { outdir, checks: false }).synth();
  requirePinnedImage(assembly);
  if (checks) requireNoFindings(environment);
  return assembly;
}

function requireNoFindings(environment: Environment): void {
  const { open } = inTemporaryFolder((folder) => policyFindings(environment, folder));
  if (open.length === 0) return;
  throw new DojangError('policy', `${open.length} policy findings\n${open.map(({ id, at }) => `    ${id}  ${at}`).join('\n')}`, {
    why: 'Each is fixed or acknowledged with its reason before it is deployed.',
    next: `dojang plan --env ${environment.name} --findings`,
  });
}

/** As far as we read a cloud assembly. */
interface Assembly {
  readonly stacks: readonly { readonly stackName: string; readonly template: unknown }[];
}

/** Every resource in the templates of an assembly. */
export function resourcesOf({ stacks }: Assembly): PlannedResource[] {
  return stacks.flatMap(({ stackName, template }) => fromTemplate(stackName, template as Template));
}
