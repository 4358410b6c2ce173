/** A misspelt approval is refused before anything changes, wherever approvals are given. */
import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { stackInputs } from '../../../../gpu/stack-inputs.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { ResourceChange } from '../../../../lib/inventory/resource.ts';
import { down } from '../../../../scripts/commands/down/down.ts';
import { planLive } from '../../../../scripts/commands/plan/live.ts';
import { plan } from '../../../../scripts/commands/plan/plan.ts';
import { up } from '../../../../scripts/commands/up/up.ts';
import { inTemporaryFolder } from '../../../../scripts/io/state.ts';
import type { Clouds } from '../../../../scripts/runtime/context.ts';
import { guardAssembly } from '../../../../scripts/runtime/plan/cdk-guard.ts';
import { assemble } from '../../../../scripts/runtime/plan/synthesise.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const leftOver: ResourceChange = { cloud: 'aws', stack: 's', id: 'OldVolume', type: 'AWS::EC2::Volume', effect: 'delete', changed: [] };

/** Clouds that hold `OldVolume`, which the code no longer plans. */
function deployed() {
  const memory = new MemoryClouds(environment);
  memory.deployRules();
  memory.pending = [leftOver];
  const both = memory.clouds();
  const clouds = { ...both, gcp: { ...both.gcp, changes: async () => [] }, hosts: { reason: '', next: '' } } as unknown as Clouds;
  return { memory, clouds, context: (...approve: string[]) => memory.context({ approve }) };
}

const only = { only: ['wire'], cloudsOnly: true };
const unknown = (message: string | RegExp, next: string | RegExp) => ({
  code: 'unknown-approval',
  message: expect.stringMatching(message),
  next: expect.stringMatching(next),
});

describe('an approval by a name that no resource has', () => {
  const meantHost = unknown(/^no resource is called hosst; did you mean Host$/, /^--approve Host$/);

  it('stops up before anything is changed, with the name that was meant', async () => {
    const { memory, clouds, context } = deployed();
    await expect(up(context('hosst', 'OldVolume'), async () => clouds, only)).rejects.toMatchObject(
      unknown(/^no resource is called hosst; did you mean Host$/, /^--approve Host --approve OldVolume$/),
    );
    expect(memory.calls).toEqual([]);
  });

  it('stops plan, plan --live and down', async () => {
    const { memory, clouds, context } = deployed();
    await expect(plan(context('hosst'), { write: true, findings: false })).rejects.toMatchObject(meantHost);
    await expect(planLive(context('hosst'), clouds)).rejects.toMatchObject(meantHost);
    await expect(down(context('hosst'), async () => clouds, { all: true, yes: true, confirm: async () => true })).rejects.toMatchObject(
      meantHost,
    );
    expect(memory.calls).toEqual([]);
  });

  it('stops cdk synth and a plain pulumi up, each with its own way to approve', () => {
    const synth = (approved: string[]) =>
      inTemporaryFolder((folder) => guardAssembly(environment, assemble(environment, folder, { checks: false }), approved));
    expect(() => synth(['host'])).toThrow(
      expect.objectContaining(unknown(/host; did you mean Host$/, /^npx cdk synth --context approve=Host$/)),
    );
    expect(() => synth(['Host', 'ai-data'])).not.toThrow();
    const settings: Record<string, string> = { awsAddress: '203.0.113.10', approve: 'ai-dta' };
    expect(() => stackInputs(environment, (name) => settings[name])).toThrow('no resource is called ai-dta; did you mean ai-data');
  });

  it('is answered with what may need one where none is near', async () => {
    const { context } = deployed();
    await expect(plan(context('Nonexist'), { write: false, findings: false })).rejects.toMatchObject(
      unknown(/^no resource is called Nonexist$/, /^approve one of these: Address, .*ai-machine/),
    );
  });
});

describe('an approval of what is deployed and no longer planned', () => {
  it('is known to up and to plan --live', async () => {
    const { clouds, context } = deployed();
    await expect(up(context('OldVolume'), async () => clouds, only)).resolves.toBeDefined();
    await expect(planLive(context('OldVolume'), clouds)).resolves.not.toHaveProperty('failure');
  });
});

describe('an approval of a data volume that was exchanged', () => {
  it.each(['DataVolume', 'DataVolumeSnap0123456789abcdef0'])('is known when the same command is typed again: %s', async (id) => {
    const { memory, clouds, context } = deployed();
    memory.pending = [];
    await expect(up(context(id, 'Host'), async () => clouds, only)).resolves.toBeDefined();
    await expect(up(context(`${id}x`), async () => clouds, only)).rejects.toMatchObject({ code: 'unknown-approval' });
  });
});
