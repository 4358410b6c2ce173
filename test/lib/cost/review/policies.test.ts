/** What the gate lets through. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefused } from '../../../../lib/cost/review/review.ts';
import type { PlannedResource } from '../../../../lib/inventory/resource.ts';
import { budget, type Change, machine, other, reviewed, usual, volume } from './small.ts';

const messages = (change: Change) =>
  reviewed(change).verdicts.flatMap(({ findings }) => findings.map(({ level, message }) => `${level}: ${message}`));
const dearer = [machine({ InstanceType: 'p5.48xlarge' }), volume()];
const bigger = [machine({ InstanceType: 'm7g.xlarge' }), volume()];

describe('a policy', () => {
  it.each<[string, Change, string[]]>([
    ['monthly limit: reached is not passed', { after: usual, policies: { monthlyLimit: '80 USD' } }, []],
    ['monthly limit', { after: usual, policies: { monthlyLimit: '79 USD' } }, ['fail: 80.00 USD a month is more than the limit of 79 USD']],
    ['change limit: reached is not passed', { after: bigger, policies: { changeLimit: { amount: '73 USD' } } }, []],
    ['change limit', { after: bigger, policies: { changeLimit: { amount: '72 USD' } } }, ['fail: +73.00 USD a month is more than 72 USD']],
    [
      'change limit in percent',
      { after: bigger, policies: { changeLimit: { percent: 91 } } },
      ['fail: +73.00 USD is 91.3 % of 80.00, more than 91 %'],
    ],
    ['change limit: a first plan is no change in percent', { before: [], after: bigger, policies: { changeLimit: { percent: 1 } } }, []],
    [
      'change limit: what is saved is welcome',
      { before: bigger, after: usual, policies: { changeLimit: { amount: '1 USD', percent: 1 } } },
      [],
    ],
    [
      'limits: a price that became unknown',
      { after: dearer, policies: { monthlyLimit: '80 USD', changeLimit: { amount: '1 USD', percent: 1 } } },
      [
        'warn: 7.00 of at most 80 USD is without Host Machine, which could not be priced',
        'warn: 0.00 USD is without Host Machine, which could not be priced',
      ],
    ],
    [
      'limits: it does not make up for what is known',
      { after: [machine({ InstanceType: 'p5.48xlarge' }), volume({ Size: 70 })], policies: { changeLimit: { amount: '1 USD' } } },
      ['fail: +2.00 USD a month is more than 1 USD', 'warn: +2.00 USD is without Host Machine, which could not be priced'],
    ],
    [
      'limits: what has no price may fail',
      { after: [...usual, other('AWS::SageMaker::Endpoint')], policies: { monthlyLimit: '500 USD', unpriced: 'fail' } },
      ['fail: 80.00 of at most 500 USD is without Other, which could not be priced'],
    ],
    [
      'change limit: what is known at last was not known before',
      { before: dearer, after: bigger, policies: { changeLimit: { amount: '1 USD' }, monthlyLimit: '500 USD' } },
      ['warn: 0.00 USD is without Host Machine, which could not be priced'],
    ],
    [
      'limits: what is unknown and stays is no news',
      { before: dearer, after: dearer, policies: { monthlyLimit: '80 USD', changeLimit: { percent: 1 } } },
      [],
    ],
    ['change limit: what goes can only save', { before: dearer, after: [volume()], policies: { changeLimit: { percent: 1 } } }, []],
    [
      'budget: lines without a price may cross it',
      { before: [...usual, budget(200)], after: [...dearer, budget(200)] },
      ['warn: AWS at 4 % of 200.00 USD is without Host Machine, which could not be priced'],
    ],
    [
      'budget: a threshold is passed',
      { before: [...usual, budget(90)], after: [...bigger, budget(90)] },
      ['warn: AWS at 153.00 USD a month passes 100 % of its budget of 90.00 USD'],
    ],
    [
      'budget: crossing may fail',
      { before: [...usual, budget(120)], after: [machine(), volume({ Size: 200 }), budget(110)], policies: { budgetCrossed: 'fail' } },
      ['fail: AWS at 95.00 USD a month passes 80 % of its budget of 110.00 USD'],
    ],
    ['budget: one that was passed before is not news', { before: [...usual, budget(10)], after: [...bigger, budget(10)] }, []],
    ['budget: then is measured by the budget of then', { before: [...usual, budget(90)], after: [...bigger, budget(170)] }, []],
    ['budget: raised with the cost', { before: [...usual, budget(110)], after: [...bigger, budget(210)] }, []],
    [
      'forbidden types, also those that were there',
      {
        before: [...usual, other('AWS::EC2::NatGateway')],
        after: [...usual, other('AWS::EC2::NatGateway')],
        policies: { forbiddenTypes: ['AWS::EC2::NatGateway'] },
      },
      ['fail: Other is of the forbidden type AWS::EC2::NatGateway'],
    ],
    [
      'required tags, on what costs something and can carry them',
      {
        after: [machine({ Tags: [] }), volume(), other('AWS::EC2::SecurityGroupIngress')],
        policies: { requiredTags: ['service', 'owner'] },
      },
      ['fail: Host (AWS::EC2::Instance) lacks the tags service, owner', 'fail: Data (AWS::EC2::Volume) lacks the tag owner'],
    ],
    [
      'required tags that are known only after the deployment are neither there nor missing',
      {
        after: [
          machine({ Tags: { 'Fn::If': ['C', [{ Key: 'owner', Value: 'kim' }]] } }),
          volume({ Tags: [{ Key: 'owner', Value: 'kim' }, { 'Fn::If': ['C', { Key: 'service', Value: 'x' }] }] }),
        ],
        policies: { requiredTags: ['owner', 'service'] },
      },
      [
        'warn: Host (AWS::EC2::Instance) may lack the tags owner, service: Tags is {"Fn::If":["C",[{"Key":"owner","Value":"kim"}]]}, which is known only after the deployment',
        'warn: Data (AWS::EC2::Volume) may lack the tag service: Tags is {"Fn::If":["C",{"Key":"service","Value":"x"}]}, which is known only after the deployment',
      ],
    ],
    [
      'required tags are labels on GCP',
      {
        after: [
          other('gcp:compute/disk:Disk', { size: 10, type: 'pd-balanced', zone: 'asia-northeast3-b', labels: { owner: 'kim' } }, 'disk'),
        ],
        policies: { requiredTags: ['owner', 'service'] },
      },
      ['fail: disk (gcp:compute/disk:Disk) lacks the tag service'],
    ],
  ])('%s', (_, change, expected) => expect(messages(change)).toEqual(expected));

  it('is not judged when it was not asked for', () => expect(reviewed({ after: bigger }).verdicts).toEqual([]));

  it('refuses exactly what is more than its limit, to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 60 }), (size, limit) => {
        const after: PlannedResource[] = [volume({ Size: size })];
        const review = reviewed({ before: [], after, policies: { monthlyLimit: `${limit} USD`, changeLimit: { amount: `${limit} USD` } } });
        expect(isRefused(review)).toBe(size > limit * 10);
        expect(review.verdicts.map(({ verdict }) => verdict)).toEqual(size > limit * 10 ? ['fail', 'fail'] : ['pass', 'pass']);
      }),
    );
  });
});
