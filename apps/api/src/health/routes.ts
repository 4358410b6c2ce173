/** Health in the format of Spring's Actuator. */
import { createRoute, z } from '@hono/zod-openapi';
import { readMigrations } from '../db/migrations.ts';
import type { Deps } from '../deps.ts';
import { json } from '../http/problem-schema.ts';
import { createRouter, type Router } from '../http/router.ts';
import type { ComponentHealth, Parts } from '../modules.ts';
import { answers, migrated } from './database.ts';
import { type HealthCheck, limited } from './timeout.ts';
import { commits, onceUp, rememberingUp } from './writes.ts';

/** Every check ends before this, so that the whole is answered within a second. */
const limitMs = 800;
/** A row is written at most so often, however often health is asked. */
const writtenEveryMs = 10_000;

const status = z.enum(['UP', 'DOWN', 'OUT_OF_SERVICE', 'UNKNOWN']);
const component = z.object({ status, details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional() });
const health = z.object({ status, components: z.record(z.string(), component) }).openapi('Health');
const responses = { 200: json(health, 'UP'), 503: json(health, 'DOWN or OUT_OF_SERVICE') };

const whole = createRoute({ method: 'get', path: '/', summary: 'Health of the service and of what it needs', responses });
const liveness = createRoute({ method: 'get', path: '/liveness', summary: 'Whether the process works', responses });
const readiness = createRoute({ method: 'get', path: '/readiness', summary: 'Whether requests may be sent here', responses });

/**
 * Readiness needs no commit. It decides over a release and when its worker begins, and a volume
 * that is full is no fault of a release: it must not be rolled back for it, nor kept from being
 * deployed, as it may be what makes room. What can be read is served meanwhile.
 */
export function healthRoutes(deps: Pick<Deps, 'db' | 'migrations' | 'stopping'>, { contracts }: Parts): Router {
  const unknown: HealthCheck = async () => ({ status: 'UNKNOWN' });
  const db = limited(answers(deps.db, limitMs), limitMs);
  const schema = limited(migrated(deps.db, readMigrations(deps.migrations), limitMs), limitMs);
  const writes = onceUp(db, rememberingUp(limited(commits(deps.db, limitMs), limitMs), writtenEveryMs));
  const queue = contracts && limited(() => contracts.health(), limitMs);
  const ai = limited(() => contracts?.aiHealth() ?? unknown(), limitMs);
  const accepting: HealthCheck = async () => ({ status: deps.stopping.aborted ? 'OUT_OF_SERVICE' : 'UP' });
  return createRouter()
    .openapi(whole, async (c) => {
      const deciding = await all(queue ? { db, queue, writes } : { db, writes });
      const reported = await all({ ai });
      const { db: database, ...rest } = deciding;
      return c.json(
        { status: worst(deciding), components: { db: database, ...reported, ...rest } as Components },
        httpStatus(worst(deciding)),
      );
    })
    .openapi(liveness, (c) => c.json({ status: 'UP' as const, components: { livenessState: { status: 'UP' as const } } }, 200))
    .openapi(readiness, async (c) => {
      const components = await all({ readinessState: accepting, db, migrations: schema });
      return c.json({ status: worst(components), components }, httpStatus(worst(components)));
    });
}

type Components = Record<string, ComponentHealth>;

async function all(checks: Record<string, HealthCheck>): Promise<Components> {
  const answered = Object.entries(checks).map(async ([name, check]) => [name, await check()] as const);
  return Object.fromEntries(await Promise.all(answered));
}

/** DOWN weighs more than OUT_OF_SERVICE, which weighs more than UP. */
function worst(components: Components): ComponentHealth['status'] {
  const found = Object.values(components).map((each) => each.status);
  return (['DOWN', 'OUT_OF_SERVICE'] as const).find((each) => found.includes(each)) ?? 'UP';
}

function httpStatus(status: ComponentHealth['status']): 200 | 503 {
  return status === 'UP' ? 200 : 503;
}
