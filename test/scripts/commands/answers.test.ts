/**
 * What commands answer on clouds that are deployed, and before any is: every answer has its format.
 */
import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import { checkConfig } from '../../../scripts/commands/config/check.ts';
import { deploy } from '../../../scripts/commands/deploy/deploy.ts';
import { doctorPlan } from '../../../scripts/commands/doctor/doctor.ts';
import { init } from '../../../scripts/commands/init/init.ts';
import { outputs } from '../../../scripts/commands/outputs/outputs.ts';
import { planLive } from '../../../scripts/commands/plan/live.ts';
import { plan } from '../../../scripts/commands/plan/plan.ts';
import { preflightPlan } from '../../../scripts/commands/preflight/preflight.ts';
import { provision } from '../../../scripts/commands/provision/provision.ts';
import { status } from '../../../scripts/commands/status/status.ts';
import { up } from '../../../scripts/commands/up/up.ts';
import { wirePlan } from '../../../scripts/commands/wire/plan.ts';
import { wire } from '../../../scripts/commands/wire/wire.ts';
import type { Clouds } from '../../../scripts/runtime/context.ts';
import { checked } from '../checked.ts';
import { addresses, MemoryClouds } from '../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const name = { environment: 'prod' };
const unopened = () => Promise.reject(new Error('a cloud was opened'));

/** Deployed, with one rule too many and one too few. */
function drifted() {
  const memory = new MemoryClouds(environment);
  memory.deployRules();
  const carrier = environment.names.aws.hostGroup;
  const stray = { cloud: 'aws', carrier, direction: 'ingress', protocol: 'icmp', peer: '0.0.0.0/0', handle: 'sgr-1' } as const;
  memory.rules = [...memory.rules.filter(({ peer }) => peer !== `${addresses.gcp}/32`), stray];
  return memory;
}

describe('the answer', () => {
  it.each([true, false])('of wire has both kinds of differences; only looking: %s', async (check) => {
    const memory = drifted();
    const { data, failure } = checked(await wire(memory.context(), memory.clouds(), { check, rotate: [] }));
    expect(new Set(data.differences.map(({ kind }) => kind))).toEqual(new Set(['missing', 'stray']));
    expect(data.trust.changes).toContainEqual({ what: 'authority', host: 'both', action: 'make', reason: expect.any(String) });
    expect(failure?.code).toBe(check ? 'drift' : undefined);
  });

  it.each([
    [true, 'UPDATE_COMPLETE'],
    [undefined, 'NOT_DEPLOYED'],
  ])('of status says %s about the wiring of a stack that is %s', async (wired, state) => {
    const memory = new MemoryClouds(environment);
    memory.deployRules();
    await wire(memory.context(), memory.clouds(), { check: false, rotate: [] });
    const { aws, ...others } = memory.clouds();
    const stacks = async (all: readonly string[]) => all.map((each) => ({ name: each, status: state }));
    const { data } = checked(await status(memory.context(), { ...others, aws: { ...aws, status: stacks } }));
    expect(data).toMatchObject({ ...name, gcp: { address: addresses.gcp }, wired });
    expect(data.stacks).toHaveLength(Object.keys(environment.names.stacks).length);
  });

  it.each([
    ['on\nsince\t2026-11-28T14:32:00Z\nreason\tdisk\n', { on: true, since: '2026-11-28T14:32:00Z', reason: 'disk' }],
    ['off\n', { on: false }],
    // A host that does not answer is a question of doctor.
    [undefined, undefined],
  ])('of status says whether the maintenance page is on: %j', async (stdout, maintenance) => {
    const memory = new MemoryClouds(environment);
    memory.deployRules();
    await wire(memory.context(), memory.clouds(), { check: false, rotate: [] });
    const { aws, ...others } = memory.clouds();
    const stacks = async (all: readonly string[]) => all.map((each) => ({ name: each, status: 'CREATE_COMPLETE' }));
    const run = async () => (stdout === undefined ? Promise.reject(new Error('no answer')) : { code: 0, stdout, stderr: '' });
    const clouds = { ...others, aws: { ...aws, status: stacks }, hosts: { shell: { run } } } as unknown as Clouds;
    const { data, lines } = checked(await status(memory.context(), clouds));
    expect(data.maintenance).toEqual(maintenance);
    expect(lines?.at(-1)?.includes('maintenance is on since 2026-11-28T14:32:00Z: disk')).toBe(maintenance?.on ?? false);
  });

  it('of outputs has those of both clouds', async () => {
    const memory = new MemoryClouds(environment);
    const { data } = checked(await outputs(memory.context(), memory.clouds()));
    expect(data).toMatchObject({ aws: { Address: addresses.aws }, gcp: { address: addresses.gcp }, endpoints: {} });
  });

  it('of plan --live has the changes of both clouds, and those that are refused', async () => {
    const lost: ResourceChange = { cloud: 'aws', stack: 's', id: 'Data', type: 'AWS::EC2::Volume', effect: 'delete', changed: [] };
    const memory = new MemoryClouds(environment);
    memory.pending = [lost];
    const { gcp, ...others } = memory.clouds();
    const { data, failure } = checked(await planLive(memory.context(), { ...others, gcp: { ...gcp, changes: async () => [] } }));
    expect(data).toEqual({ ...name, changes: [lost], refused: [lost] });
    expect(failure?.code).toBe('stateful-change');
  });

  it('of plan has all that is planned, what it costs and what the policy checks find', async () => {
    const { data } = checked(await plan(new MemoryClouds(environment).context(), { write: false, findings: true }));
    expect(data).toMatchObject({ ...name, compared: true, cost: { atLeast: true }, policy: { open: [] } });
    expect(data.resources.map(({ id }) => id)).toContain('DataVolume');
  });
});

describe('the answer before any cloud is asked', () => {
  const context = new MemoryClouds(environment).context({ dryRun: true });
  const template = {
    ...{ name: 'shop', owner: 'team', contact: 'ops@example.com', domain: 'shop.example.com' },
    ...{ account: '123456789012', project: 'shop-prod', billingAccount: '012345-6789AB-CDEF01' },
  };

  it.each([
    ['dojang.up.dry-run/1', () => up(context, unopened, { only: [], cloudsOnly: false })],
    ['dojang.provision.dry-run/1', () => provision(context, unopened, { check: false, only: [] })],
    ['dojang.deploy.dry-run/1', () => deploy(context, unopened, [], { watchSeconds: 60, canary: false })],
    ['dojang.doctor.dry-run/1', async () => doctorPlan(context)],
    ['dojang.preflight.dry-run/1', async () => preflightPlan(context)],
    ['dojang.wire.dry-run/1', async () => wirePlan(environment, ['ca'])],
    ['dojang.init/1', () => init({ ...template, force: false, dryRun: true })],
    ['dojang.config.check/1', () => checkConfig()],
  ])('is of %s', async (format, answer) => expect(checked(await answer()).format.name).toBe(format));
});
