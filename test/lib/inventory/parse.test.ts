/** Plan files of whatever revision: what is read, and what each damage is called. */
import { expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import type { DojangError } from '../../../lib/errors/dojang-error.ts';
import { parseInventory } from '../../../lib/inventory/parse.ts';
import { regionsOf } from '../../../lib/inventory/regions.ts';
import { committedPlan } from '../../../scripts/runtime/plan/planned-inventory.ts';

const of = { service: 'dojang', environment: 'prod', account: '123456789012', project: 'dojang-prod' };
const disk = { cloud: 'gcp', stack: 'data', id: 'ai-data', type: 'gcp:compute/disk:Disk', properties: { zone: 'asia-northeast3-b' } };
const volume = {
  cloud: 'aws',
  stack: 'addresses',
  id: 'DataVolume',
  type: 'AWS::EC2::Volume',
  properties: { AvailabilityZone: 'ap-northeast-2a' },
  retained: true,
};
const plan = { version: 1, of, resources: [volume, disk] };

it('reads what was written', () => {
  const written = committedPlan(environmentOf(service, 'prod'));
  expect(parseInventory(JSON.stringify(written), 'plans/prod.json')).toEqual(written);
});

it('reads what was retained under the name that plans had for it before', () => {
  const { retained, ...bare } = volume;
  const before = { ...plan, resources: [{ ...bare, kept: retained }, disk] };
  expect(parseInventory(JSON.stringify(before), 'plans/prod.json')).toEqual(plan);
});

it('reads a plan of before the regions were written down, and finds them in its zones', () => {
  const read = parseInventory(JSON.stringify(plan), 'plans/prod.json');
  expect(read.regions).toBeUndefined();
  expect(regionsOf(read)).toEqual({ aws: 'ap-northeast-2', gcp: 'asia-northeast3' });
  expect(regionsOf({ regions: { aws: 'us-east-1', gcp: 'us-central1' }, resources: read.resources })).toEqual({
    aws: 'us-east-1',
    gcp: 'us-central1',
  });
  expect(regionsOf({ resources: [] })).toEqual({});
});

it.each([
  [
    'a newer version',
    JSON.stringify({ ...plan, version: 2 }),
    'newer-plan',
    'plans/prod.json of main has version 2 and this dojang reads version 1',
  ],
  ['a text that is cut off', JSON.stringify(plan).slice(0, 100), 'damaged-plan', /^plans\/prod\.json of main is not a plan \(.*JSON/],
  ['something else', '{"Resources":{}}', 'damaged-plan', /version: Invalid input/],
  ['a list', '[]', 'damaged-plan', /is not a plan/],
  [
    'a resource without a type',
    JSON.stringify({ ...plan, resources: [{ ...disk, type: undefined }] }),
    'damaged-plan',
    /resources\.0\.type/,
  ],
])('says what is wrong with %s', (_, text, code, message) => {
  const error = thrown(() => parseInventory(text, 'plans/prod.json of main'));
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
});

function thrown(work: () => unknown): DojangError {
  try {
    work();
  } catch (error) {
    return error as DojangError;
  }
  throw new Error('nothing was thrown');
}
