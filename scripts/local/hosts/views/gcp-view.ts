/** The host's machine, disk, address and firewalls as the embedded GCP holds them. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { compute_v1 } from '@googleapis/compute';
import { isDataDiskName } from '../../../../lib/config/data-disks.ts';
import type { Names } from '../../../../lib/config/names.ts';
import { gcpDataDevice } from '../../../../lib/host/facts.ts';
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { rulesIn } from '../../../io/gcp/api/rule-mapping.ts';
import { firewallJson, firewallType } from '../../gcp/resources/firewalls.ts';
import { identityOf } from '../../gcp/resources/identity.ts';
import { type CloudResource, Store } from '../../gcp/resources/store.ts';
import type { CloudMachine, CloudView, Disk, HostCloud } from './cloud-state.ts';

export interface GcpSite {
  /** Where the embedded GCP keeps its contents. */
  readonly folder: string;
  readonly names: Names['gcp'];
}

/** The cloud is a file: it is read when it has changed. */
export function embeddedGcp({ folder, names }: GcpSite): HostCloud {
  const file = join(folder, 'cloud.json');
  let seen = '';
  let last: CloudView = { disks: [], rules: [] };
  return {
    host: 'gcp',
    async look() {
      const now = existsSync(file) ? `${statSync(file).mtimeMs} ${statSync(file).ino}` : '';
      if (now !== seen) last = gcpView(new Store(folder), names);
      seen = now;
      return last;
    },
  };
}

/** State of the machine of this name in the cloud. */
function gcpView(store: Pick<Store, 'all'>, names: Names['gcp']): CloudView {
  const data = store.all('gcp:compute/disk:Disk').filter(({ inputs }) => isDataDiskName(names.dataDisk, inputs.name));
  const disks = data.map(identityOf);
  const instance = store.all('gcp:compute/instance:Instance').find(({ inputs }) => inputs.name === names.machine);
  if (!instance) return { disks, rules: [] };
  const nic = firstObject(instance.computed.networkInterfaces);
  const network = lastPart(nic.network);
  const firewalls = store.all(firewallType).map((resource) => firewallJson(resource) as compute_v1.Schema$Firewall);
  const rules = firewalls.filter((firewall) => lastPart(firewall.network ?? '') === network).flatMap(rulesIn);
  return { machine: machineOf(store, instance, names.machine, nic, data), disks, rules };
}

function machineOf(
  store: Pick<Store, 'all'>,
  instance: CloudResource,
  name: string,
  nic: Properties,
  data: readonly CloudResource[],
): CloudMachine {
  const { project, zone } = instance.inputs;
  const address = firstObject(nic.accessConfigs).natIp;
  return {
    id: identityOf(instance),
    hostname: name,
    isRunning: !['STOPPING', 'TERMINATED'].includes(String(instance.computed.currentStatus)),
    address: typeof address === 'string' ? address : undefined,
    disk: diskOf(store, instance, data),
    names: { instanceName: name, zone: String(zone), project: String(project) },
  };
}

function diskOf(store: Pick<Store, 'all'>, instance: CloudResource, data: readonly CloudResource[]): Disk | undefined {
  const attachments = store.all('gcp:compute/attachedDisk:AttachedDisk').filter(({ inputs }) => refersTo(inputs.instance, instance));
  const found = data.flatMap((disk) =>
    attachments.filter(({ inputs }) => refersTo(inputs.disk, disk)).map(({ inputs }) => [disk, inputs.deviceName] as const),
  );
  const [disk, name] = found[0] ?? [];
  return disk && { id: identityOf(disk), gib: Number(disk.computed.size), device: gcpDataDevice(String(name)) };
}

function refersTo(reference: Json | undefined, { id }: CloudResource): boolean {
  return reference === id || String(reference).endsWith(`/${id}`);
}

function lastPart(text: Json | undefined): string {
  return String(text).replace(/^.*\//, '');
}

function firstObject(value: Json | undefined): Properties {
  const [first] = Array.isArray(value) ? value : [];
  return isObject(first) ? first : {};
}
