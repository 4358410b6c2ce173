/** docs/releases.md is up to date, and has each row of the manual with what was measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manual } from '../../../../lib/release/plan/manual/manual.ts';
import { manualTriggers } from '../../../../lib/release/plan/triggers.ts';
import { measuredText } from '../../../../scripts/dev/docs/releases-page/measured.ts';
import { releasesPage } from '../../../../scripts/dev/docs/releases-page/page.ts';
import { root } from '../../../../scripts/io/state.ts';

const page = releasesPage();

it('is written', () => expect(readFileSync(join(root, 'docs/releases.md'), 'utf8')).toBe(page));

it('has each row of the manual', () => {
  const rows = Object.values(manual).flatMap(({ steps, failures, checklist }) => [
    ...steps.map(({ title }) => title),
    ...failures.map(({ failure }) => failure),
    ...Object.values(checklist).flatMap((checks) => checks.map(({ item }) => item)),
  ]);
  expect([...rows, ...manualTriggers.map(({ condition }) => condition)].filter((row) => !page.includes(`| ${row}`))).toEqual([]);
});

describe('what was measured', () => {
  it('of steps of which a plan has none is not there', () => expect(measuredText('web', ['dump'])).toBe('-'));
  it('of several steps is their sum', () => {
    const [one, other, both] = [measuredText('api', ['build']), measuredText('api', ['upload']), measuredText('api', ['build', 'upload'])];
    expect(Number.parseFloat(both)).toBeCloseTo(Number.parseFloat(one) + Number.parseFloat(other), 1);
  });
});
