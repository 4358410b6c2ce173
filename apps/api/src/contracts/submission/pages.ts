/** The pages of a submission, from a form with files or from JSON with texts. */
import { z } from 'zod';
import { type FieldError, invalid, Problem } from '../../errors.ts';
import type { Locale, Page } from '../contract.ts';
import { tooLarge } from './body.ts';
import { sniff } from './sniff.ts';

export interface PageLimits {
  readonly maxPages: number;
  readonly maxBytes: number;
}

export interface Content {
  readonly pages: readonly Page[];
  readonly locale: Locale;
}

/** @throws Problem 400, 413, 415, 422 with every page that is wrong */
export async function contentOf(body: Buffer, contentType: string, limits: PageLimits): Promise<Content> {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  const read = type === 'multipart/form-data' ? await fromForm(body, contentType) : fromJson(body, type);
  if (read.parts.length === 0) throw invalid([{ field: 'pages', message: 'must have at least one page' }]);
  if (read.parts.length > limits.maxPages) {
    throw invalid([{ field: 'pages', message: `must be at most ${limits.maxPages} pages, not ${read.parts.length}` }]);
  }
  if (read.parts.reduce((sum, { data }) => sum + data.length, 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  return { pages: pagesOf(read.parts), locale: localeOf(read.locale) };
}

interface Part {
  /** As the person knows it. */
  readonly name: string;
  readonly data: Buffer;
  /** Said by the client to be text; otherwise the bytes tell. */
  readonly text?: string;
}

interface Parts {
  readonly parts: readonly Part[];
  readonly locale: unknown;
}

async function fromForm(body: Buffer, contentType: string): Promise<Parts> {
  const form = await new Response(new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.length), {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch((cause) => {
      throw new Problem(400, 'malformed', 'The request cannot be read', { detail: 'This is no form with files.', cause });
    });
  const parts = form.getAll('pages').map(async (value, at): Promise<Part> => {
    if (typeof value === 'string') return { name: `page ${at + 1}`, data: Buffer.from(value), text: value };
    return { name: value.name || `page ${at + 1}`, data: Buffer.from(await value.arrayBuffer()) };
  });
  return { parts: await Promise.all(parts), locale: form.get('locale') ?? undefined };
}

const jsonBody = z.strictObject({ pages: z.array(z.strictObject({ text: z.string() })), locale: z.unknown().optional() });

function fromJson(body: Buffer, type: string | undefined): Parts {
  if (type !== 'application/json') {
    throw new Problem(415, 'media-type', 'Send multipart/form-data or application/json', { detail: `This was ${type || 'nothing'}.` });
  }
  const read = jsonBody.safeParse(parsed(body));
  if (!read.success) throw invalid(read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })));
  const parts = read.data.pages.map(({ text }, at) => ({ name: `page ${at + 1}`, data: Buffer.from(text), text }));
  return { parts, locale: read.data.locale };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new Problem(400, 'malformed', 'The request cannot be read', { detail: 'This is no JSON.', cause });
  }
}

function pagesOf(parts: readonly Part[]): Page[] {
  const pages: Page[] = [];
  const errors: FieldError[] = [];
  for (const [at, part] of parts.entries()) {
    const page = pageOf(part);
    if (typeof page === 'string') errors.push({ field: `pages.${at}`, message: `${part.name} ${page}` });
    else pages.push(page);
  }
  if (errors.length > 0) throw invalid(errors);
  return pages;
}

/** The page, or what is wrong with it. */
function pageOf({ data, text }: Part): Page | string {
  const page: Page | undefined = text === undefined ? sniff(data) : { kind: 'text', text };
  if (!page) return 'is nothing that we can read: send text, PDF, PNG or JPEG';
  return page.kind === 'text' && page.text.trim() === '' ? 'is empty' : page;
}

function localeOf(value: unknown): Locale {
  if (value === undefined) return 'ko';
  if (value === 'ko' || value === 'en') return value;
  throw invalid([{ field: 'locale', message: 'must be ko or en' }]);
}
