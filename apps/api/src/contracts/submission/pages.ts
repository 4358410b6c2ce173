/**
 * The pages of a submission, from a form with files or from JSON with texts. What is cheap to count
 * is counted before anything else is done.
 */
import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { type FieldError, fieldErrors, invalid, Problem } from '../../errors.ts';
import { pageFault, shownText } from '../../http/input/user-text.ts';
import type { Locale, Page } from '../contract.ts';
import { tooLarge } from './body.ts';
import { type FormPart, fieldText, formParts } from './form.ts';
import { jsonShape } from './json-shape.ts';
import type { BodyKind, ContentLimits } from './limits.ts';
import { sniff } from './sniff.ts';

export interface Content {
  readonly pages: readonly Page[];
  readonly locale: Locale;
}

/** @throws Problem 415 */
export function bodyKindOf(contentType: string): BodyKind {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'multipart/form-data') return 'form';
  if (type === 'application/json') return 'json';
  throw new Problem(415, 'media-type', 'Send multipart/form-data or application/json', { detail: `This was ${type || 'nothing'}.` });
}

/** @throws Problem 400, 413, 415, 422 with every page that is wrong */
export function contentOf(body: Buffer, contentType: string, limits: ContentLimits): Content {
  const { parts, locale } = bodyKindOf(contentType) === 'form' ? fromForm(body, contentType, limits) : fromJson(body, limits);
  if (parts.length === 0) throw invalid([{ field: 'pages', message: 'must have at least one page' }]);
  if (parts.length > limits.maxPages) throw tooManyPages(limits);
  if (parts.reduce((sum, { data }) => sum + data.length, 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  return { pages: pagesOf(parts, limits), locale: localeOf(locale) };
}

interface Part {
  /** As the person knows it. */
  readonly name: string;
  readonly data: Buffer;
  /** Declared as text by the client; otherwise the bytes decide. */
  readonly text?: string;
}

interface Parts {
  readonly parts: readonly Part[];
  readonly locale: unknown;
}

/** Parts of a form that are not pages: the locale, and what a client may add. */
const otherParts = 5;
const longestName = 80;

function fromForm(body: Buffer, contentType: string, limits: ContentLimits): Parts {
  const parts = formParts(body, contentType, { maxParts: limits.maxPages + otherParts, tooMany: tooManyPages(limits) });
  const locale = parts.find(({ name }) => name === 'locale');
  const pages = parts.filter(({ name }) => name === 'pages');
  return { parts: pages.map(pagePart), locale: locale && fieldText(locale) };
}

function pagePart(part: FormPart, at: number): Part {
  const { filename, data } = part;
  if (filename === undefined) return { name: pageName(at), data, text: fieldText({ ...part, name: `pages.${at}` }) };
  return { name: shownText(filename, longestName) || pageName(at), data };
}

/** The texts themselves are looked at later, as those of files are. */
const jsonBody = z.strictObject({ pages: z.array(z.strictObject({ text: z.string() })), locale: z.unknown().optional() });
/** A page is an object in an array in an object. */
const mostDepth = 3;

function fromJson(body: Buffer, limits: ContentLimits): Parts {
  const most = { depth: mostDepth, commas: limits.maxPages + otherParts };
  const { depth, commas } = jsonShape(body, most);
  if (depth > most.depth) throw invalid([{ field: '', message: `is nested more than ${mostDepth} levels deep` }]);
  if (commas > most.commas) throw tooManyPages(limits);
  const read = jsonBody.safeParse(parsed(body));
  if (!read.success) throw invalid(fieldErrors(read.error));
  return {
    parts: read.data.pages.map(({ text }, at) => ({ name: pageName(at), data: Buffer.from(text), text })),
    locale: read.data.locale,
  };
}

function parsed(body: Buffer): unknown {
  if (!isUtf8(body)) throw invalid([{ field: '', message: 'is not UTF-8' }]);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new Problem(400, 'malformed', 'The request cannot be read', { detail: 'This is no JSON.', cause });
  }
}

function pageName(at: number): string {
  return `page ${at + 1}`;
}

/** Lengths first, of each page and of all; only then is any text looked at. */
function pagesOf(parts: readonly Part[], limits: ContentLimits): Page[] {
  const found = parts.map((part) => pageOf(part, limits));
  const pages = found.filter((each) => typeof each !== 'string');
  refuseTooManyCharacters(pages, ({ text }) => text.length, limits);
  const errors = found.flatMap((each, at): FieldError[] => {
    const fault = typeof each === 'string' ? each : faultOf(each);
    return fault === undefined ? [] : [{ field: `pages.${at}`, message: `${parts[at]?.name} ${fault}` }];
  });
  if (errors.length > 0) throw invalid(errors);
  // Composed letters may be longer in the form in which texts are compared and read.
  refuseTooManyCharacters(pages, ({ text }) => text.normalize('NFC').length, limits);
  return pages;
}

function pageOf({ data, text }: Part, { maxPageCharacters }: ContentLimits): Page | string {
  const page: Page | undefined | 'too long' = text === undefined ? sniff(data, maxPageCharacters) : { kind: 'text', text };
  if (!page) return 'is nothing that we can read: send text, PDF, PNG or JPEG';
  const tooLong = page === 'too long' || (page.kind === 'text' && page.text.length > maxPageCharacters);
  return tooLong ? `has more than ${maxPageCharacters} characters: send it as several pages` : page;
}

function faultOf(page: Page): string | undefined {
  return page.kind === 'text' ? pageFault(page.text) : undefined;
}

type TextPage = Extract<Page, { kind: 'text' }>;

function refuseTooManyCharacters(pages: readonly Page[], length: (page: TextPage) => number, { maxCharacters }: ContentLimits): void {
  const characters = pages.reduce((sum, page) => sum + (page.kind === 'text' ? length(page) : 0), 0);
  if (characters > maxCharacters) {
    throw invalid([{ field: 'pages', message: `must have at most ${maxCharacters} characters in all, not ${characters}` }]);
  }
}

function tooManyPages({ maxPages }: ContentLimits): Problem {
  return invalid([{ field: 'pages', message: `must be at most ${maxPages} pages` }]);
}

function localeOf(value: unknown): Locale {
  if (value === undefined) return 'ko';
  if (value === 'ko' || value === 'en') return value;
  throw invalid([{ field: 'locale', message: 'must be ko or en' }]);
}
