/** The GCP host: the AI server behind a door that only the API has the key to. */
import type { Environment } from '../config/environment.ts';
import type { HostRecipe, LeftOut } from './bash/step.ts';
import type { HostFacts } from './facts.ts';
import { nginxAi } from './nginx/ai.ts';
import { nginxServer, noDefaultSite, reloadNginx, restartNginx } from './nginx/nginx.ts';
import { nginxTemporaryFiles } from './nginx/temporary.ts';
import { gpuDriver } from './packages/gpu-driver.ts';
import { packages } from './packages/packages.ts';
import { rebootWindow } from './packages/reboot-window.ts';
import { upgrades } from './packages/upgrades.ts';
import { paths } from './paths.ts';
import { secretTool } from './services/secret-tool.ts';
import { aiUnit, restartAi } from './services/service-units.ts';
import { aiSettings, folders } from './services/settings-files.ts';
import { dataFileSystem, dataFolder, dataGrowth, dataMount } from './system/data-volume.ts';
import { journal, logRotation, restartJournal } from './system/logs.ts';
import { kernelSettings, swap } from './system/swap.ts';
import { timeSync } from './system/time-sync.ts';
import { users } from './system/users.ts';
import { certificateMetrics } from './tls/certificate-metrics.ts';
import { peerFiles } from './tls/tls-files.ts';

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
      dataFolder(`${paths.data}/ai`, 'dojang-ai:dojang-ai'),
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
