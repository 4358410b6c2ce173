import { Readable } from 'node:stream';
import { jsonParser } from 'stream-json/core/parser.js';
import { expect, it } from 'vitest';
import { OfferReader } from '../../../lib/cost/prices/refresh/aws-offer.ts';
import { offerText } from '../../../scripts/bench/offer-file.ts';
import { readPriceBook } from '../../../scripts/io/prices/book-folder.ts';

it('a generated offer file is JSON in the official format, as large as asked for, and has the prices of the book', async () => {
  const machines = readPriceBook().prices.filter(({ service, region }) => service === 'ec2' && region === 'us-east-1');
  const pieces: string[] = await Readable.from(offerText({ region: 'us-east-1', machines, bytes: 2e6 })).toArray();
  const text = pieces.join('');
  expect(text.length).toBeGreaterThanOrEqual(2e6);
  expect(Object.keys(JSON.parse(text).terms.Reserved).length).toBe(Object.keys(JSON.parse(text).products).length);
  const reader = new OfferReader('generated', () => true);
  const parsed = jsonParser({ streamValues: false })(text);
  if (typeof parsed === 'object') for (const token of parsed.values) reader.take(token);
  const found = reader.finish().candidates.map(({ key, tiers }) => [key.item, tiers[0]?.usd.toFixed()]);
  expect(found).toEqual(machines.map(({ item, tiers }) => [item, tiers[0]?.usd.toFixed()]));
});
