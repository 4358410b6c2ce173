/** The AWS host: web, API and database. */
import type { Environment } from '../config/environment.ts';
import type { HostRecipe, HostStep, LeftOut } from './bash/step.ts';
import type { HostFacts } from './facts.ts';
import { maintenanceStep } from './maintenance/tool.ts';
import { mysqlAccounts } from './mysql/accounts.ts';
import { databaseToolsStep } from './mysql/database-tools.ts';
import { mysqlData, mysqlDatabase, mysqlServer, mysqlSettings, restartMysql } from './mysql/mysql.ts';
import { nginxServer, noDefaultSite, reloadNginx, restartNginx } from './nginx/nginx.ts';
import { nginxSite } from './nginx/site.ts';
import { nginxTemporaryFiles } from './nginx/temporary.ts';
import { packages } from './packages/packages.ts';
import { rebootWindow } from './packages/reboot-window.ts';
import { upgrades } from './packages/upgrades.ts';
import { apiUnit, renewApi } from './services/api-unit.ts';
import { secretTool } from './services/secret-tool.ts';
import { apiSettings, folders } from './services/settings-files.ts';
import { dataFileSystem, dataGrowth, dataMount } from './system/data-volume.ts';
import { journal, logRotation, restartJournal } from './system/logs.ts';
import { metricsAgent, metricsPackage } from './system/metrics-agent.ts';
import { kernelSettings, swap } from './system/swap.ts';
import { timeSync } from './system/time-sync.ts';
import { users } from './system/users.ts';
import { certificateMetrics } from './tls/certificate-metrics.ts';
import { letsEncrypt } from './tls/letsencrypt.ts';
import { peerFiles, siteFiles, sitePlaceholder } from './tls/tls-files.ts';

/**
 * The volume comes before MySQL is installed, and MySQL's settings too: it never runs elsewhere or
 * otherwise.
 */
export function awsHost(environment: Environment, facts: HostFacts): HostRecipe {
  const { embedded } = facts;
  return {
    host: 'aws',
    steps: [
      swap(environment.host.swap),
      kernelSettings(),
      journal(),
      users('aws'),
      folders(),
      dataFileSystem(facts.dataDevices.aws, { mayFormat: !embedded }),
      dataMount(facts.dataDevices.aws),
      mysqlData(),
      mysqlSettings(environment, { embedded }),
      packages('aws', environment),
      dataGrowth(),
      secretTool(environment),
      mysqlServer(),
      mysqlDatabase(),
      ...mysqlAccounts(environment),
      databaseToolsStep(environment, facts),
      peerFiles('aws', environment),
      ...(environment.tls === 'own-ca' ? [siteFiles(environment)] : [sitePlaceholder()]),
      noDefaultSite(),
      nginxTemporaryFiles('aws', environment),
      nginxSite(environment, facts),
      maintenanceStep(),
      nginxServer(),
      apiSettings(environment, facts),
      apiUnit(environment),
      logRotation(['nginx', 'mysql-server']),
      timeSync('aws'),
      upgrades('aws'),
      rebootWindow('aws', environment.host.maintenance),
      certificateMetrics('aws', environment),
      ...(embedded ? [] : [metricsPackage(environment), metricsAgent()]),
      ...signedSite(environment, facts),
    ],
    handlers: [restartMysql, restartNginx, reloadNginx, renewApi(environment), restartJournal],
    leftOut: embedded ? [noMetrics] : [],
  };
}

function signedSite(environment: Environment, facts: HostFacts): HostStep[] {
  const { tls, domain } = environment;
  return tls === 'letsencrypt' && domain ? [letsEncrypt(environment, domain, facts)] : [];
}

const noMetrics: LeftOut = {
  id: 'metrics-agent',
  title: 'CloudWatch agent',
  reason: 'an embedded host has no CloudWatch to report to, and its memory is that of the machine it runs on',
};
