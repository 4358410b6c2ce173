/**
 * Whatever is wrong in a template, it is refused with a reason or priced: nothing else is thrown.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { parseBook } from '../../../../lib/cost/prices/price-book.ts';
import { templateResources } from '../../../../lib/cost/sources/template.ts';
import { parseTemplate } from '../../../../lib/cost/sources/template-text.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { root } from '../../../../scripts/io/state.ts';
import { committedFiles } from '../committed-book.ts';
import { cases } from '../resources/cases/cases.ts';

type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

const book = parseBook(committedFiles());
const folder = join(root, 'test/fixtures/cost');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const templates: readonly Value[] = [
  ...files.map((name) => parseTemplate(readFileSync(join(folder, name), 'utf8'), name) as unknown as Value),
  {
    Resources: Object.fromEntries(
      cases
        .filter(({ type }) => type.startsWith('AWS::'))
        .map(({ type, properties }, at) => [`R${at}`, { Type: type, Properties: properties ?? {} }]),
    ) as Value,
  },
];
const odd: readonly Value[] = [
  null,
  [],
  {},
  'yes',
  '',
  0,
  -1,
  true,
  [null],
  { Ref: 'X' },
  { Ref: 3 },
  { 'Fn::If': 'x' },
  { 'Fn::Select': ['9', []] },
  { 'Fn::Sub': [{}, []] },
  '{{resolve:ssm:x}}',
  { 'Fn::Split': ['', 'a'] },
];

/** Replaces the node that a walk ends at, `turns` saying which way it goes. */
function damaged(value: Value, turns: readonly number[], by: Value): Value {
  const [turn, ...rest] = turns;
  if (turn === undefined || typeof value !== 'object' || value === null) return by;
  if (Array.isArray(value)) {
    const list = value as readonly Value[];
    return list.length === 0 ? by : list.map((item, at) => (at === turn % list.length ? damaged(item, rest, by) : item));
  }
  const entries = Object.entries(value as Record<string, Value>);
  if (entries.length === 0) return by;
  return Object.fromEntries(entries.map(([key, item], at) => [key, at === turn % entries.length ? damaged(item, rest, by) : item]));
}

function priced(text: string): 'priced' | 'refused' {
  try {
    estimateCost(templateResources('stack', parseTemplate(text, 'a.json'), 'ap-northeast-2'), book, noUsage, '2026-11-28');
    return 'priced';
  } catch (error) {
    if (error instanceof DojangError) return 'refused';
    throw error;
  }
}

describe('a damaged template', () => {
  it('is refused or priced', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...templates),
        fc.array(fc.nat(200), { minLength: 1, maxLength: 7 }),
        fc.constantFrom(...odd),
        (template, turns, by) => {
          expect(['priced', 'refused']).toContain(priced(JSON.stringify(damaged(template, turns, by))));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['a policy that is a function', { Resources: { A: { Type: 'AWS::S3::Bucket', DeletionPolicy: { Ref: 'Policy' } } } }],
    ['a parameter that is nothing', { Parameters: { P: null }, Resources: { A: { Type: 'AWS::S3::Bucket' } } }],
    ['a condition on itself', { Conditions: { C: { Condition: 'C' } }, Resources: { A: { Type: 'AWS::S3::Bucket', Condition: 'C' } } }],
  ])('with %s is priced', (_, template) => expect(priced(JSON.stringify(template))).toBe('priced'));
});
