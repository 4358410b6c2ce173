/** Each model declares all that its type is billed by, and does what it declares. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BilledDimension } from '../../../../lib/cost/component.ts';
import { coverageList, leftOut } from '../../../../lib/cost/estimate/coverage.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { billedTypes, modelOf } from '../../../../lib/cost/resources/registry.ts';
import { root } from '../../../../scripts/io/state.ts';
import { book, resource, usage } from '../books.ts';
import { day } from '../day.ts';
import { cases } from '../resources/cases/cases.ts';

const linesOf = (type: string) => [...new Set(cases.filter((each) => each.type === type).flatMap(({ lines }) => Object.keys(lines)))];
const matches = ({ lines }: BilledDimension, name: string) =>
  lines.some((line) => (typeof line === 'string' ? line === name : line.test(name)));

describe.each(billedTypes)('what %s is billed by', (type) => {
  const billed = modelOf(type)?.billed ?? [];

  it('is declared, with lines where it is covered and a reason where it is not', () => {
    expect(billed.length).toBeGreaterThan(0);
    expect(new Set(billed.map(({ what }) => what)).size).toBe(billed.length);
    for (const { what, from, lines, note } of billed) {
      const isCovered = from === 'plan' || from === 'usage';
      expect([what, lines.length > 0, isCovered || Boolean(note)]).toEqual([what, isCovered, true]);
    }
  });

  it('has a line for each dimension that is covered, and no other', () => {
    const names = linesOf(type);
    const covered = billed.filter(({ from }) => from === 'plan' || from === 'usage');
    expect(covered.filter((dimension) => !names.some((name) => matches(dimension, name))).map(({ what }) => what)).toEqual([]);
    expect(names.filter((name) => billed.filter((dimension) => matches(dimension, name)).length !== 1)).toEqual([]);
  });
});

it('is named in a report where no line says it', () => {
  const bucket = resource('AWS::S3::Bucket');
  const report = estimateCost([bucket], book(), usage({ 'AWS::S3::Bucket.internet-out-gb': '3' }), day);
  expect(leftOut(report)).toEqual([expect.stringMatching(/^AWS::S3::Bucket: storage in other classes, moves between classes/)]);
  expect(leftOut(report)[0]).not.toContain('traffic to the internet');
});

it('is listed in docs/cost.md; when it is not current: npx vitest run test/lib/cost/estimate/coverage.test.ts -u', async () => {
  const file = join(root, 'docs/cost.md');
  const section = /(?<=<!-- billed -->\n)[\s\S]*?(?=<!-- end of billed -->)/;
  const written = readFileSync(file, 'utf8');
  expect(written).toMatch(section);
  await expect(written.replace(section, () => `\n${coverageList()}\n\n`)).toMatchFileSnapshot(file);
});
