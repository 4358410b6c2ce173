/** `dojang status`: what is deployed, and whether it is wired as configured. */
import { stackNames } from '../../../lib/config/names.ts';
import type { StackStatus } from '../../../lib/ports/aws.ts';
import type { Outputs } from '../../../lib/ports/outputs.ts';
import type { Clouds, Context, Outcome } from '../../runtime/context.ts';
import { driftOf, rulesOnEachSide, type Wiring, wireBoth } from '../../runtime/wiring/wiring.ts';

/** States of a stack whose resources are there and stay. */
const usable = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'];

export async function status({ environment }: Context, clouds: Clouds): Promise<Outcome> {
  const [stacks, gcp] = await Promise.all([clouds.aws.status(Object.values(stackNames(environment))), clouds.gcp.outputs()]);
  const deployed = stacks.every(({ status }) => usable.includes(status)) && gcp.machine !== undefined;
  const wiring = deployed ? await wireBoth(environment, clouds, { apply: false }, () => undefined) : undefined;
  const data = { environment: environment.name, stacks, gcp, wired: wiring ? driftOf(wiring) === 0 : undefined };
  return { data, lines: [environment.name, ...stacks.map(stackLine), gcpLine(gcp), wireLine(wiring)] };
}

function stackLine({ name, status }: StackStatus): string {
  return `  aws   ${name.padEnd(28)} ${status}`;
}

function gcpLine({ machine, zone, address }: Outputs): string {
  return `  gcp   ${(machine ?? 'ai').padEnd(28)} ${machineText(address, zone)}`;
}

function machineText(address: string | undefined, zone: string | undefined): string {
  if (!address) return 'NOT_DEPLOYED';
  return zone ? `${address}, zone ${zone}` : `NOT_DEPLOYED, ${address} is kept`;
}

function wireLine(wiring: Wiring | undefined): string {
  if (!wiring) return '  wire  -   both clouds must be up first: dojang up';
  const count = driftOf(wiring);
  return count === 0
    ? `  wire  ${rulesOnEachSide(wiring).length} rules as configured`
    : `  wire  ${count} different; dojang wire --check names them`;
}
