import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { endpointParameters, wiringNames } from '../../../../lib/config/names.ts';
import { desiredRules, endpointValues } from '../../../../lib/wiring/desired.ts';
import { ruleKey } from '../../../../lib/wiring/difference.ts';
import type { ActualRule } from '../../../../lib/wiring/rule.ts';
import { driftOf, wireBoth } from '../../../../scripts/runtime/wiring/wiring.ts';
import { addresses, MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const names = endpointParameters(environment);
const { hostGroup } = wiringNames(environment);
const desired = desiredRules(environment, addresses);
const keys = (rules: readonly ActualRule[]) => rules.map(ruleKey).sort();

let memory: MemoryClouds;
const wire = (apply: boolean, ...rotate: string[]) => wireBoth(environment, memory.clouds(), { apply, rotate }, () => undefined);

/** Wired as configured, without certificates: these are made once and kept. */
beforeEach(async () => {
  memory = new MemoryClouds(environment);
  memory.deployRules();
  await wire(true);
  memory.calls.length = 0;
});

const stray: ActualRule = {
  cloud: 'aws',
  carrier: hostGroup,
  direction: 'ingress',
  protocol: 'tcp',
  ports: [3306, 3306],
  peer: '0.0.0.0/0',
  handle: 'sgr-1',
};
const withoutEgress = () => memory.rules.filter(({ cloud, peer }) => cloud !== 'aws' || peer !== `${addresses.gcp}/32`);

describe('wiring both clouds', () => {
  it('publishes to each side the address of the other the first time, and makes what the trust needs', async () => {
    const { endpoints } = { endpoints: endpointValues(environment, addresses) };
    expect(memory.parameters).toEqual({ [names.aws]: endpoints.aws, [names.gcp]: endpoints.gcp, [names.ai]: endpoints.ai });
    expect(memory.secrets.kept.size).toBeGreaterThan(0);
  });

  it('done again changes nothing', async () => {
    expect(driftOf(await wire(true))).toBe(0);
    expect(memory.calls).toEqual([]);
  });

  it('only looks unless it is to apply, and reports all that differs', async () => {
    memory.rules = [...withoutEgress(), stray];
    memory.parameters[names.ai] = 'https://192.0.2.1:8443';
    const { differences, endpoints } = await wire(false);
    expect(differences.map(({ kind, rule }) => `${kind} ${rule.peer}`)).toEqual([`missing ${addresses.gcp}/32`, 'stray 0.0.0.0/0']);
    expect(Object.keys(endpoints)).toEqual([names.ai]);
    expect(memory.calls).toEqual([]);
  });

  it('takes away what lets too much in before it allows what is missing, and ends as configured', async () => {
    memory.rules = [...withoutEgress(), stray];
    const found = await wire(true);
    expect(driftOf(found)).toBe(2);
    expect(memory.calls.map((call) => call.split(' ')[0])).toEqual(['revoke', 'allow']);
    expect(keys(memory.rules)).toEqual(desired.map(ruleKey).sort());
  });

  it('lets the Pulumi program put the firewalls of GCP right, in the zone in use and for the Elastic IP of now', async () => {
    memory.rules = memory.rules.filter(({ cloud }) => cloud === 'aws');
    memory.inputs = { awsAddress: '192.0.2.1', zone: 'asia-northeast3-c' };
    await wire(true);
    expect(memory.calls).toEqual([`repair ${addresses.aws} asia-northeast3-c`]);
    expect(keys(memory.rules)).toEqual(desired.map(ruleKey).sort());
  });

  it('fails when what it has repaired still differs', async () => {
    memory.rules = [...memory.rules, stray];
    memory.stubborn = true;
    await expect(wire(true)).rejects.toMatchObject({
      code: 'drift',
      message: 'the wiring of prod differs in 1 place from its configuration',
    });
  });

  it('leaves a rule to CloudFormation that is about to make it', async () => {
    memory.rules = memory.rules.filter(({ ports }) => ports?.[0] !== 443);
    const rule = { cloud: 'aws', stack: 'dojang-prod-network', id: 'Https', type: 'AWS::EC2::SecurityGroupIngress', changed: [] } as const;
    memory.pending = [{ ...rule, effect: 'create' }];
    await expect(wire(true)).rejects.toMatchObject({ code: 'deploy-first', next: 'dojang up --env prod' });
    expect(memory.calls).toEqual([]);
    memory.pending = [];
    await wire(true);
    expect(memory.calls.every((call) => call.startsWith('allow'))).toBe(true);
  });

  it('does not repair GCP before its first deployment', async () => {
    memory.rules = memory.rules.filter(({ cloud }) => cloud === 'aws');
    memory.inputs = undefined;
    await expect(wire(true)).rejects.toMatchObject({ code: 'not-deployed' });
  });

  it.each([
    ['aws', { HostGroupId: 'sg-1' }, 'no Elastic IP in dojang-prod-addresses'],
    ['aws', { Address: addresses.aws }, 'no security group in dojang-prod-network'],
    ['gcp', { machine: 'ai' }, 'no static address on GCP for prod'],
    ['gcp', { address: addresses.gcp }, 'no machine on GCP for prod'],
  ] as const)('needs both addresses and both sides: %s with %o', async (cloud, outputs, message) => {
    memory.outputs = { ...memory.outputs, [cloud]: outputs };
    await expect(wire(true)).rejects.toMatchObject({ code: 'no-address', message, next: 'dojang up --env prod' });
  });

  it('makes anew what is named, and only that', async () => {
    const before = new Map([...memory.secrets.kept].map(([name, { version }]) => [name, version]));
    await wire(true, 'session-secret');
    const renewed = [...memory.secrets.kept].filter(([name, { version }]) => version !== before.get(name)).map(([name]) => name);
    expect(renewed).toEqual([expect.stringContaining('session-secret')]);
  });
});
