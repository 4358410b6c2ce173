/** The GCP host: the AI server behind a door that only the API has the key to. */
import type { Environment } from '../config/environment.ts';
import { certificateMetrics } from './certificate-metrics.ts';
import { dataFileSystem, dataFolder, dataGrowth, dataMount } from './data-volume.ts';
import type { HostFacts } from './facts.ts';
import { gpuDriver } from './gpu-driver.ts';
import { journal, logRotation, restartJournal } from './logs.ts';
import { nginxServer, noDefaultSite, reloadNginx, restartNginx } from './nginx.ts';
import { nginxAi } from './nginx-ai.ts';
import { nginxTemporaryFiles } from './nginx-temporary.ts';
import { packages } from './packages.ts';
import { places } from './places.ts';
import { rebootWindow } from './reboot-window.ts';
import { secretTool } from './secret-tool.ts';
import { aiUnit, restartAi } from './service-units.ts';
import { aiSettings, folders } from './settings-files.ts';
import type { HostRecipe, LeftOut } from './step.ts';
import { kernelSettings, swap } from './swap.ts';
import { timeSync } from './time-sync.ts';
import { peerFiles } from './tls-files.ts';
import { upgrades } from './upgrades.ts';
import { users } from './users.ts';

export function gcpHost(environment: Environment, facts: HostFacts): HostRecipe {
  return {
    host: 'gcp',
    steps: [
      swap(environment.host.swap),
      kernelSettings(),
      journal(),
      users('gcp'),
      folders(),
      dataFileSystem(facts.dataDevices.gcp, { mayFormat: !facts.embedded }),
      dataMount(facts.dataDevices.gcp),
      dataFolder(`${places.data}/ai`, 'dojang-ai:dojang-ai'),
      packages('gcp', environment),
      dataGrowth(),
      ...(facts.embedded ? [] : [gpuDriver(environment)]),
      secretTool(environment),
      peerFiles('gcp', environment),
      noDefaultSite(),
      nginxTemporaryFiles('gcp', environment),
      nginxAi(environment),
      nginxServer(),
      aiSettings(environment, facts),
      aiUnit(environment, facts),
      logRotation(['nginx']),
      timeSync('gcp'),
      upgrades('gcp'),
      rebootWindow('gcp', environment.host.maintenance),
      certificateMetrics('gcp', environment),
    ],
    handlers: [restartNginx, reloadNginx, restartAi, restartJournal],
    leftOut: facts.embedded ? [noGpu] : [],
  };
}

const noGpu: LeftOut = { id: 'gpu-driver', title: 'NVIDIA driver', reason: 'an embedded host has no GPU' };
