import fc from 'fast-check';
import { expect, it } from 'vitest';
import { secondsUntilNextDay, seoulDay } from '../../../../apps/api/src/contracts/submission/day.ts';
import { contentDigest } from '../../../../apps/api/src/contracts/submission/digest.ts';
import { sniff } from '../../../../apps/api/src/contracts/submission/sniff.ts';

const sniffed = (data: Buffer) => sniff(data, 1000);
const text = (value: string) => ({ kind: 'text', text: value }) as const;
const digest = (...texts: string[]) => contentDigest(texts.map(text), 'ko').toString('hex');

it('knows the same content whatever the line ends, spaces at line ends or the form of Hangul', () => {
  expect(digest('제1조\r\n보증금  \n')).toBe(digest('제1조\n보증금'));
  expect(digest('보증금'.normalize('NFD'))).toBe(digest('보증금'));
});

it('distinguishes content by its pages, their limits, their kind and the language', () => {
  const data = Buffer.from('%PDF-');
  const all = [
    digest('ab', 'c'),
    digest('a', 'bc'),
    digest('abc'),
    digest('c', 'ab'),
    contentDigest([text('abc')], 'en').toString('hex'),
    contentDigest([{ kind: 'pdf', mediaType: 'application/pdf', data }], 'ko').toString('hex'),
    contentDigest([{ kind: 'image', mediaType: 'image/png', data }], 'ko').toString('hex'),
  ];
  expect(new Set(all).size).toBe(all.length);
});

it('never takes two lists of pages for the same', () => {
  const words = fc.array(fc.stringMatching(/^[a-c:1-3]{0,4}$/), { maxLength: 4 });
  fc.assert(
    fc.property(words, words, (one, other) => {
      expect(digest(...one) === digest(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});

it('reads every text without control characters as that text', () => {
  const printable = fc.string({ unit: 'grapheme' }).filter((value) => !/\p{Cc}/u.test(value) && !value.startsWith('\ufeff'));
  fc.assert(
    fc.property(printable, (value) => {
      expect(sniffed(Buffer.from(value))).toEqual(text(value));
    }),
  );
});

it('takes no archive, program or other image for text', () => {
  const heads = [
    '504b0304',
    '7f454c46',
    '47494638396100',
    '52494646000000005745425056503820',
    'd0cf11e0a1b11ae1',
    '000000186674797068656963',
  ];
  for (const head of heads) expect(sniffed(Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(64)]))).toBeUndefined();
});

it('counts days in Seoul', () => {
  expect(seoulDay(new Date('2026-11-21T14:59:59.999Z'))).toBe('2026-11-21');
  expect(seoulDay(new Date('2026-11-21T15:00:00.000Z'))).toBe('2026-11-22');
  expect(secondsUntilNextDay(new Date('2026-11-21T14:59:59.500Z'))).toBe(1);
  expect(secondsUntilNextDay(new Date('2026-11-21T15:00:00.000Z'))).toBe(86_400);
});

it('waits exactly until another day begins', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (now) => {
      const after = (seconds: number) => seoulDay(new Date(now.getTime() + seconds * 1000));
      const seconds = secondsUntilNextDay(now);
      expect(after(seconds)).not.toBe(seoulDay(now));
      expect(after(seconds - 1)).toBe(seoulDay(now));
    }),
  );
});
