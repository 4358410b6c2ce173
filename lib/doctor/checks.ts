/** Every check of an environment: the live contract. */
import type { Environment } from '../config/environment.ts';
import { ports, units } from '../host/paths.ts';
import type { HostName } from '../ports/host-shell.ts';
import type { Addresses } from '../wiring/desired.ts';
import type { HostCheck, PortCheck } from './check.ts';
import { aiPortChecks } from './checks/service/ai-port.ts';
import { authorityCheck, certificateChecks } from './checks/service/certificates.ts';
import { databaseChecks, databaseFromGpu, mysqlPorts } from './checks/service/database.ts';
import { domainChecks } from './checks/service/domain.ts';
import { dumpChecks } from './checks/service/dumps.ts';
import { externalChecks } from './checks/service/external.ts';
import { aiHealth, apiHealth, queueCheck } from './checks/service/health.ts';
import { listenerCheck } from './checks/service/listeners.ts';
import { maintenanceCheck } from './checks/service/maintenance.ts';
import { clockChecks } from './checks/system/clock.ts';
import { diskChecks } from './checks/system/disks.ts';
import { swapCheck } from './checks/system/memory.ts';
import { metadataChecks } from './checks/system/metadata.ts';
import { rebootCheck } from './checks/system/reboot.ts';
import { temporaryFilesCheck } from './checks/system/temporary-files.ts';
import { unitChecks } from './checks/system/units.ts';
import { versionsCheck } from './checks/system/versions.ts';

export interface Checks {
  readonly hosts: Readonly<Record<HostName, readonly HostCheck[]>>;
  readonly external: readonly PortCheck[];
}

export function checksOf(environment: Environment, addresses: Addresses): Checks {
  return {
    hosts: { aws: onAws(environment, addresses), gcp: onGcp(environment, addresses) },
    external: externalChecks(environment, addresses),
  };
}

function onAws(environment: Environment, addresses: Addresses): HostCheck[] {
  const { name } = environment;
  return [
    ...aiPortChecks({ environment, addresses }),
    apiHealth,
    queueCheck,
    maintenanceCheck(name),
    ...unitChecks('aws', ['nginx.service', 'mysql.service', units.api]),
    ...metadataChecks('aws', ['nginx.service', 'mysql.service', units.api], name),
    temporaryFilesCheck('aws', name),
    ...databaseChecks(name),
    ...dumpChecks(name),
    listenerCheck({ id: 'mysql-loopback', from: 'aws', who: 'MySQL', ports: mysqlPorts }, name),
    listenerCheck({ id: 'api-loopback', from: 'aws', who: 'the API', ports: Object.values(ports.api) }, name),
    ...certificateChecks({ environment, addresses }),
    ...domainChecks(environment, addresses),
    authorityCheck('aws', name),
    ...ofMachine('aws', environment),
    versionsCheck('aws', ['web', 'api']),
  ];
}

function onGcp(environment: Environment, addresses: Addresses): HostCheck[] {
  const { name } = environment;
  return [
    databaseFromGpu(addresses.aws, name),
    aiHealth,
    ...unitChecks('gcp', ['nginx.service', units.ai]),
    ...metadataChecks('gcp', ['nginx.service', units.ai], name),
    temporaryFilesCheck('gcp', name),
    listenerCheck({ id: 'ai-loopback', from: 'gcp', who: 'the AI server', ports: [ports.ai] }, name),
    authorityCheck('gcp', name),
    ...ofMachine('gcp', environment),
    versionsCheck('gcp', ['ai']),
  ];
}

function ofMachine(from: HostName, { name, host }: Environment): HostCheck[] {
  return [swapCheck(from, host.swap, name), ...diskChecks(from, name), ...clockChecks(from), rebootCheck(from, host.maintenance)];
}
