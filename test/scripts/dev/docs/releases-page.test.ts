/** docs/releases.md is up to date, and says truly what is there today. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manual } from '../../../../lib/release/plan/manual/manual.ts';
import { manualTriggers } from '../../../../lib/release/plan/triggers.ts';
import { releasesPage } from '../../../../scripts/dev/docs/releases-page/page.ts';
import { todayText } from '../../../../scripts/dev/docs/releases-page/today.ts';
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

describe('today', () => {
  it.each([
    ['api', ['build', 'upload'], 'yes'],
    ['api', ['health'], 'yes'],
    ['ai', ['health'], 'yes'],
    ['web', ['unpack', 'test'], 'yes'],
    ['web', ['switch'], 'yes'],
    ['web', [], '-'],
  ] as const)('%s does %j: %s', (app, ids, expected) => expect(todayText(app, ids)).toBe(expected));
});
