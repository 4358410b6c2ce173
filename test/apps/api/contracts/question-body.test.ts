import { expect, it } from 'vitest';
import { questionBody, questionLength } from '../../../../apps/api/src/contracts/ai/question-body.ts';
import type { Page } from '../../../../apps/api/src/contracts/contract.ts';

const text: Page = { kind: 'text', text: '제1조 "보증금"\n🏠' };
const pdf = (bytes: number): Page => ({ kind: 'pdf', mediaType: 'application/pdf', data: Buffer.alloc(bytes, 'abc\u00ff') });
const question = (pages: readonly Page[]) => ({ requestId: 'a', locale: 'ko', pages, waitSeconds: 1 }) as const;

it.each([
  ['nothing', []],
  ['a text', [text]],
  ['files whose bytes are no groups of three', [pdf(1), text, pdf(2), pdf(3), pdf(96 * 1024 + 1)]],
  ['an empty file', [pdf(0)]],
  ['the largest contract', [pdf(20 << 20)]],
])('of %s is the JSON of the question, of the length that it says, in small pieces', (_, pages) => {
  const asked = question(pages);
  const pieces = [...questionBody(asked)];
  const body = pieces.join('');
  const onTheWire = pages.map((page) => (page.kind === 'text' ? page : { ...page, data: page.data.toString('base64') }));
  expect(body === JSON.stringify({ requestId: 'a', locale: 'ko', pages: onTheWire })).toBe(true);
  expect(questionLength(asked)).toBe(Buffer.byteLength(body));
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(128 * 1024);
});
