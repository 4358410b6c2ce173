/**
 * The body of a question to the AI server, as JSON in pieces. A contract of the largest size is 28
 * MiB of JSON: made in one piece it would hold the event loop for a tenth of a second. Each piece
 * is written when the socket has room for it, and others are served between them.
 */
import type { Page } from '../contract.ts';
import type { Question } from './question.ts';

/**
 * Bytes of a page in one piece: whole groups of three, so that the pieces' base64 is that of the
 * page.
 */
const sliceBytes = 96 * 1024;

export function* questionBody(question: Question): Generator<string> {
  yield questionHead(question);
  for (const [at, page] of question.pages.entries()) {
    if (at > 0) yield ',';
    if (page.kind === 'text') yield JSON.stringify(page);
    else yield* binaryPage(page);
  }
  yield tail;
}

/** In bytes: the AI server refuses by it, before it reads, what is too large. */
export function questionLength(question: Question): number {
  const commas = Math.max(0, question.pages.length - 1);
  const pages = question.pages.reduce((sum, page) => sum + pageLength(page), 0);
  return Buffer.byteLength(questionHead(question)) + commas + pages + tail.length;
}

type BinaryPage = Exclude<Page, { kind: 'text' }>;

const tail = ']}';
const pageTail = '"}';

function questionHead({ requestId, locale }: Question): string {
  return `${JSON.stringify({ requestId, locale }).slice(0, -1)},"pages":[`;
}

const pageHead = ({ kind, mediaType }: BinaryPage): string => `${JSON.stringify({ kind, mediaType }).slice(0, -1)},"data":"`;

function* binaryPage(page: BinaryPage): Generator<string> {
  yield pageHead(page);
  for (let at = 0; at < page.data.length; at += sliceBytes) yield page.data.toString('base64', at, at + sliceBytes);
  yield pageTail;
}

function pageLength(page: Page): number {
  if (page.kind === 'text') return Buffer.byteLength(JSON.stringify(page));
  return Buffer.byteLength(pageHead(page)) + Math.ceil(page.data.length / 3) * 4 + pageTail.length;
}
