/**
 * Starts the API: settings from the environment, then it listens; ends gracefully on SIGTERM, at
 * once on a second signal.
 */

import { migrationsFolder } from './db/migrations.ts';
import { Heartbeat, notifySettingsOf } from './heartbeat.ts';
import { createLog } from './log.ts';
import { Service } from './service.ts';
import { settingsOf } from './settings.ts';

process.title = 'dojang-api';

/** @throws when the settings are wrong, the migrations are not there, or the port is taken */
async function run(): Promise<void> {
  const settings = settingsOf(process.env);
  const log = createLog(settings.logLevel);
  const service = new Service(settings, log, migrationsFolder(import.meta.url));
  const heartbeat = new Heartbeat(notifySettingsOf(process.env, process.pid), log);
  let ending = false;
  const end = async (signal: string) => {
    if (ending) process.exit(1);
    ending = true;
    log.info({ signal }, 'stopping');
    await service.stop();
    heartbeat.stop();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, end);
  await service.start(() => heartbeat.start());
}

function fail(error: unknown): never {
  createLog('info').fatal({ err: error }, 'cannot go on');
  process.exit(1);
}

process.on('uncaughtException', fail);
run().catch(fail);
