/**
 * A type that is listed as free has no setting that is billed: what has one is a model, and its
 * line has no amount.
 */
import { expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { book, resource } from '../books.ts';
import { day } from '../day.ts';
import { awsFreeUnlessSetCases } from './cases/aws-free-unless-set.ts';

it.each(awsFreeUnlessSetCases)('$type with $properties', ({ type, properties, lines }) => {
  const report = estimateCost([resource(type, properties)], book(), noUsage, day);
  expect(report.unknown.map(({ reason }) => `- ${reason}`)).toEqual(Object.values(lines));
  expect(report.resources[0]?.known.as).toBe(Object.keys(lines).length > 0 ? 'billed' : 'free');
});
