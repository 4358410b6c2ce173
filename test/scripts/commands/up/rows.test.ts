import { expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { upSteps } from '../../../../lib/deployment/up-plan.ts';
import { rowsOf } from '../../../../scripts/commands/up/steps.ts';

const rows = (hosts: boolean) => upSteps(environmentOf(service, 'prod'), { hosts }).flatMap(rowsOf);

it('up announces a row for each step, and one for each host and application', () => {
  const clouds = ['preflight', 'aws account', 'guard', 'aws addresses', 'gcp ai', 'aws host', 'wire'];
  expect(rows(false)).toEqual(clouds);
  const onHosts = ['provision aws', 'provision gcp', 'release ai', 'release api', 'release web'];
  expect(rows(true)).toEqual([...clouds, 'gcp node', ...onHosts]);
});
