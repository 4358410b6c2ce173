/**
 * A process that reads bodies: whatever a body costs, it does not block the service's event loop,
 * and can be killed.
 */
import { worker } from 'workerpool';
import { Problem, type ProblemData } from '../../errors.ts';
import type { Locale, Page } from '../contract.ts';
import { contentDigest } from './digest.ts';
import type { ContentLimits } from './limits.ts';
import { contentOf } from './pages.ts';

type BinaryPage = Exclude<Page, { kind: 'text' }>;

/** Where the bytes of a page are in the body: they are not sent back. */
export type FoundPage = Exclude<Page, BinaryPage> | (Omit<BinaryPage, 'data'> & { readonly at: number; readonly length: number });

interface FoundContent {
  readonly pages: readonly FoundPage[];
  readonly locale: Locale;
  readonly digest: Uint8Array;
}

/** A body that was refused is an answer too: an error would lose its class on the way. */
export type Reply = { readonly content: FoundContent } | { readonly problem: ProblemData };

export type Read = (body: Uint8Array, contentType: string, limits: ContentLimits) => Reply;

const read: Read = ({ buffer, byteOffset, length }, contentType, limits) => {
  const body = Buffer.from(buffer, byteOffset, length);
  try {
    const { pages, locale } = contentOf(body, contentType, limits);
    return { content: { pages: pages.map((page) => found(page, byteOffset)), locale, digest: contentDigest(pages, locale) } };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.toData() };
    throw error;
  }
};

function found(page: Page, bodyOffset: number): FoundPage {
  if (page.kind === 'text') return page;
  const { kind, mediaType, data } = page;
  return { kind, mediaType, at: data.byteOffset - bodyOffset, length: data.length };
}

// The service may be killed before this process has reported that it is ready.
process.once('error', () => process.exit(1));

worker({ read });
