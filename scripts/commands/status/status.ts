/** `dojang status`: what is deployed, and whether it is wired as configured. */
import { describeEnvironment } from '../../../lib/deployment/describe.ts';
import { type MaintenanceState, maintenanceText } from '../../../lib/host/maintenance/state.ts';
import type { StackStatus } from '../../../lib/ports/aws.ts';
import type { Outputs } from '../../../lib/ports/outputs.ts';
import { type Row, tableLines } from '../../../lib/text/table.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import { hasHosts } from '../../runtime/clouds/hosts.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import { runMaintenance } from '../../runtime/hosts/maintenance.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { driftOf, rulesOnEachSide, type Wiring, wireBoth } from '../../runtime/wiring/wiring.ts';
import { statusAnswer } from './answer.ts';

/** States of a stack whose resources are there and stay. */
const usable = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'];

export async function status({ environment }: Context, clouds: Clouds): Promise<Outcome<DataOf<typeof statusAnswer>>> {
  const [stacks, gcp] = await Promise.all([clouds.aws.status(Object.values(environment.names.stacks)), clouds.gcp.outputs()]);
  const deployed = stacks.every(({ status }) => usable.includes(status)) && gcp.machine !== undefined;
  const wiring = deployed ? await wireBoth(describeEnvironment(environment), clouds, { apply: false }, () => undefined) : undefined;
  const maintenance = deployed ? await maintenanceOf(environment.name, clouds) : undefined;
  const data = { environment: environment.name, stacks, gcp, maintenance, wired: wiring ? driftOf(wiring) === 0 : undefined };
  const page = maintenance?.on ? [`  page  maintenance is ${maintenanceText(maintenance)}`] : [];
  const lines = tableLines(columns, [...stacks.map(stackRow), gcpRow(gcp), wireLine(wiring), ...page]);
  return { format: statusAnswer, data, lines: [environment.name, ...lines] };
}

/** Undefined where the host does not answer: that is a question of doctor. */
async function maintenanceOf(environment: string, { hosts }: Pick<Clouds, 'hosts'>): Promise<MaintenanceState | undefined> {
  return hasHosts(hosts) ? runMaintenance(hosts.shell, environment, ['status']).catch(() => undefined) : undefined;
}

const columns = [{}, { gap: 3, min: 28 }, { gap: 1 }];

function stackRow({ name, status }: StackStatus): Row {
  return ['aws', name, status];
}

function gcpRow({ machine, zone, address }: Outputs): Row {
  return ['gcp', machine ?? 'ai', machineText(address, zone)];
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
