/**
 * Main module of `pulumi preview` and `pulumi up` typed by the operator. What it exports are the
 * stack's outputs.
 */
import { Config, getStack, RunError } from '@pulumi/pulumi';
import configuration from '../dojang.config.ts';
import { type GpuOutputs, gpuProgram } from '../gpu/program.ts';
import { stackInputs } from '../gpu/stack-inputs.ts';
import { environmentOf } from '../lib/config/environment.ts';
import { requireDeployable } from '../lib/deployment/deployable.ts';
import { DojangError } from '../lib/errors/dojang-error.ts';

export const { address, zone, machine, network, dataDisk, serviceAccount, aiUrl } = reportingFaults(program);

function program(): GpuOutputs {
  const environment = environmentOf(configuration, getStack(), 'pulumi stack select');
  requireDeployable(environment);
  const settings = new Config();
  return gpuProgram(
    environment,
    stackInputs(environment, (name) => settings.get(name)),
  );
}

/** Pulumi prints a `RunError` without its stack; what we say on purpose needs none. */
function reportingFaults<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DojangError)) throw error;
    throw new RunError([error.message, error.why, error.next && `Next: ${error.next}`].filter(Boolean).join('\n  '));
  }
}
