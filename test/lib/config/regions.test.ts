import { RegionInfo } from 'aws-cdk-lib/region-info';
import { expect, it } from 'vitest';
import { awsRegions } from '../../../lib/config/regions.ts';

/** Regions of partitions that only one customer of each may know. */
const secret = /^(us|eu)-iso/;

it('the regions of AWS are those that the CDK knows', () => {
  const known = RegionInfo.regions.map(({ name }) => name).filter((name) => !secret.test(name));
  expect([...awsRegions.names].sort()).toEqual(known.sort());
});
