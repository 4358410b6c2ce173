import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { planReport, renderPlan } from '../../../lib/inventory/plan-report.ts';
import type { Effect, Inventory, PlannedResource, ResourceChange } from '../../../lib/inventory/resource.ts';

const prod = environmentOf(service, 'prod');
const resource = (cloud: PlannedResource['cloud'], stack: string, id: string, type: string): PlannedResource => ({
  cloud,
  stack,
  id,
  type,
  properties: {},
});
const planned: Inventory = {
  version: 1,
  of: { service: 'dojang', environment: 'prod', account: '1', project: 'p' },
  resources: [
    resource('aws', 'dojang-prod-addresses', 'Address', 'AWS::EC2::EIP'),
    resource('aws', 'dojang-prod-addresses', 'DataVolume', 'AWS::EC2::Volume'),
    resource('aws', 'dojang-prod-host', 'Host', 'AWS::EC2::Instance'),
    resource('aws', 'dojang-prod-host', 'Role', 'AWS::IAM::Role'),
    resource('gcp', 'machine', 'ai-machine', 'gcp:compute/instance:Instance'),
  ],
};
const change = (effect: Effect, id = 'DataVolume', type = 'AWS::EC2::Volume', changed: string[] = []): ResourceChange => ({
  cloud: 'aws',
  stack: 'dojang-prod-addresses',
  id,
  type,
  effect,
  changed,
});
const report = (changes: ResourceChange[] | undefined, approved: string[] = []) =>
  planReport(prod, planned, changes && { changes }, approved);
const lines = (...given: Parameters<typeof report>) => renderPlan(report(...given), { cost: [], written: false });

describe('the report of a plan', () => {
  it('groups resources by stack, with those that people know by name and whether one keeps data', () => {
    expect(report([]).groups).toEqual([
      { cloud: 'aws', stack: 'dojang-prod-addresses', resources: 2, notable: ['elastic ip', 'data volume'], keepsData: true },
      { cloud: 'aws', stack: 'dojang-prod-host', resources: 2, notable: [`${prod.aws.machine}, ${prod.aws.image}`], keepsData: false },
      { cloud: 'gcp', stack: 'machine', resources: 1, notable: [`${prod.gcp.machine} + 1 x T4`], keepsData: false },
    ]);
  });

  it('says where each cloud is and what they let each other do', () => {
    expect(report([])).toMatchObject({
      environment: 'prod',
      regions: { aws: 'ap-northeast-2', gcp: 'asia-northeast3-b' },
      wire: 'aws host -> gcp ai   tcp 8443 from <aws address>/32',
    });
  });

  it.each(['replace', 'delete', 'unprotect'] as const)('refuses to %s what holds data, unless it is approved by name', (effect) => {
    const losing = change(effect);
    expect(report([losing]).refused).toEqual([losing]);
    expect(report([losing], ['Address']).refused).toEqual([losing]);
    expect(report([losing], ['DataVolume']).refused).toEqual([]);
  });

  it('refuses nothing that loses nothing', () => {
    const harmless = [change('create'), change('update'), change('replace', 'Role', 'AWS::IAM::Role')];
    expect(report(harmless)).toMatchObject({ changes: harmless, refused: [] });
  });

  it('distinguishes a plan without a committed one from a plan without changes', () => {
    expect(report(undefined)).toMatchObject({ compared: false, changes: [] });
    expect(lines(undefined)[0]).toContain('no committed plan yet');
    expect(lines(undefined).at(-1)).toContain('makes plans/prod.json');
    expect(report([])).toMatchObject({ compared: true, changes: [] });
    expect(lines([]).at(-1)).toBe('  no change');
  });

  it('shows each change with what causes it and what it holds, and how to renew the plan unless it is refused', () => {
    const grown = lines([change('update', 'DataVolume', 'AWS::EC2::Volume', ['Size'])]);
    expect(grown).toContain('  ~ aws  dojang-prod-addresses/DataVolume  AWS::EC2::Volume  Size  holds data');
    expect(grown.at(-1)).toContain('dojang plan --env prod --write   renews plans/prod.json');
    expect(lines([change('replace')]).at(-1)).not.toContain('--write');
  });
});
