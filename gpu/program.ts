/**
 * The GCP side of one environment: what it consists of and in which order. Nothing is looked up
 * live.
 */
import { interpolate, type Output } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';
import { DojangError } from '../lib/errors/dojang-error.ts';
import type { GcpInputs } from '../lib/ports/gcp.ts';
import { Cidr } from '../lib/values/cidr.ts';
import { AiAddress } from './address.ts';
import { MonthlyBudget } from './budget.ts';
import { AiData } from './data.ts';
import { AiFirewall } from './firewall.ts';
import { AiIdentity } from './identity.ts';
import { AiMachine } from './machine.ts';
import { AiNetwork } from './network.ts';
import { Operators } from './operators.ts';
import { google } from './provider.ts';
import { ProjectServices } from './services.ts';

/** Outputs of the program. */
export interface GpuOutputs {
  /** The static address. */
  readonly address: Output<string>;
  readonly zone: Output<string>;
  /** Names by which Google knows them. Without a machine, as with RunPod, there is none. */
  readonly machine?: Output<string>;
  readonly network: Output<string>;
  readonly dataDisk: Output<string>;
  /** The e-mail address of the machine's account. */
  readonly serviceAccount: Output<string>;
  /** Where the AWS side calls the AI server. */
  readonly aiUrl: Output<string>;
}

/**
 * Registers the GCP side with the Pulumi engine that runs this program, or with mocks.
 * @throws DojangError `invalid-peer` when the AWS address is not one IPv4 address, `unknown-zone`
 *   when the zone is not configured.
 */
export function gpuProgram(environment: Environment, inputs: GcpInputs): GpuOutputs {
  const peer = peerOf(inputs.awsAddress);
  const zone = zoneOf(environment, inputs.zone);
  const approved = inputs.approved ?? [];
  const opts = { providers: [google(environment)] };

  const { enabled: after } = new ProjectServices('services', { environment }, opts);
  const { address } = new AiAddress('address', { environment, approved, after }, opts);
  const { network, subnet } = new AiNetwork('network', { environment, after }, opts);
  const { account } = new AiIdentity('identity', { environment, after }, opts);
  new AiFirewall('firewall', { environment, peer, network, account }, opts);
  // With RunPod there is no machine. Address and disk stay: what is in them is let go on purpose or
  // not at all.
  const machine = environment.runpod
    ? undefined
    : new AiMachine('machine', { environment, zone, approved, address, subnet, account }, opts).instance;
  const { disk } = new AiData('data', { environment, zone, approved, machine, after }, opts);
  if (machine) new Operators('operators', { environment, zone, machine, account }, opts);
  new MonthlyBudget('budget', { environment, after }, opts);

  return {
    address: address.address,
    zone: (machine ?? disk).zone,
    ...(machine && { machine: machine.name }),
    network: network.name,
    dataDisk: disk.name,
    serviceAccount: account.email,
    aiUrl: interpolate`https://${address.address}:${environment.gcp.aiPort}`,
  };
}

function peerOf(awsAddress: string): Cidr {
  try {
    return Cidr.host(awsAddress);
  } catch (cause) {
    throw new DojangError('invalid-peer', `${JSON.stringify(awsAddress)} is not one IPv4 address`, {
      why: 'The AI port is opened to the Elastic IP of the AWS side and to nothing wider.',
      next: 'give the address alone, like 203.0.113.10',
      cause,
    });
  }
}

function zoneOf({ name, gcp }: Environment, zone: string): string {
  if (gcp.zones.includes(zone)) return zone;
  throw new DojangError('unknown-zone', `${zone} is not a zone of ${name}; configured: ${gcp.zones.join(', ')}`, {
    next: `name one of these, or add it to environments.${name}.gcp.zones`,
  });
}
