/** Production, ready to be deployed but for what a test changes. */
import service from '../../../dojang.config.ts';
import { type Environment, environmentOf } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { State, Verdict } from '../../../lib/preflight/check.ts';
import { preflightChecks } from '../../../lib/preflight/checks.ts';
import { portsWith } from '../ports/preflight.ts';

export const now = new Date('2026-11-28');
/** Production with values of its own. */
export const prod: Environment = ownValues(environmentOf(service, 'prod'));
export const domain = prod.domain ?? '';

function ownValues(example: Environment): Environment {
  return {
    ...example,
    contact: 'ops@dojang.kr',
    domain: 'dojang.kr',
    aws: { ...example.aws, account: '210987654321' },
    gcp: { ...example.gcp, billingAccount: '0AAAAA-0BBBBB-0CCCCC' },
    signIn: { issuer: 'https://accounts.google.com', clientId: '1234-abc.apps.googleusercontent.com' },
  };
}

const paid = { billingAccount: async () => '0AAAAA-0BBBBB-0CCCCC' };
export type Parts = NonNullable<Parameters<typeof portsWith>[0]>;

/** Ports on which production is ready, deployed up to its address. */
function ready(changed: Parts = {}) {
  const aws = { deployed: async () => ({ address: '203.0.113.10' }), ...changed.aws };
  return portsWith({ ...changed, aws, gcp: { ...paid, ...changed.gcp } });
}

export async function verdictsOf(changed: Parts = {}, environment = prod): Promise<Map<string, Verdict>> {
  const ports = ready(changed);
  const checks = preflightChecks(environment, { hosts: true, now });
  return new Map(await Promise.all(checks.map(async (each) => [each.id, await each.run(ports)] as const)));
}

/**
 * What is not as it should be: id, state and detail of each; what production never knows is left
 * out.
 */
export async function findings(changed: Parts = {}, environment = prod): Promise<(readonly [string, State, string, string | undefined])[]> {
  const all = [...(await verdictsOf(changed, environment))];
  return all
    .filter(([id, { state }]) => state !== 'ok' && id !== 'certificate-limits')
    .map(([id, { state, detail, remedy }]) => [id, state, detail, remedy] as const);
}

export const never = async () => Promise.reject(new DojangError('no-permission', 'no permission: User may not ask'));

/** The boot image that AWS answers. */
export const image = { key: 'ssm:image', id: 'ami-1', state: 'available' };
