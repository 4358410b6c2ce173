/** The API in a process of its own, with short leases, to be killed; prints its port on stdout. */
import { serve } from '@hono/node-server';
import { createApp } from '../../../../apps/api/src/app.ts';
import { contractsPart } from '../../../../apps/api/src/contracts/index.ts';
import { migrationsFolder } from '../../../../apps/api/src/db/migrations.ts';
import { openPool } from '../../../../apps/api/src/db/pool.ts';
import { createLog } from '../../../../apps/api/src/log.ts';
import { servingCheck } from '../../../../apps/api/src/serving.ts';
import { Sessions } from '../../../../apps/api/src/sessions/sessions.ts';
import { settingsOf } from '../../../../apps/api/src/settings.ts';

const settings = settingsOf(process.env);
const db = openPool(settings.mysql);
const clock = () => new Date();
const sessions = new Sessions(db, clock);
const stopping = new AbortController().signal;
const log = createLog(settings.logLevel);
const deps = {
  settings,
  db,
  log,
  clock,
  sessions,
  serves: servingCheck(settings.slot, log),
  stopping,
  migrations: migrationsFolder(new URL('../../../../apps/api/src/server.ts', import.meta.url).href),
};
const contracts = contractsPart(deps, { leaseMs: 1_000, heartbeatMs: 250, pollMs: 100 });
contracts.start();
serve({ fetch: createApp(deps, { contracts }).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  process.stdout.write(`port ${port}\n`),
);
