/** The type of a page, detected from its bytes; the type that the client declares is ignored. */
import type { Page } from '../contract.ts';
import { mostBytesPerUnit } from './limits.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff]);
/** Readers accept a PDF whose header stands anywhere in the first kilobyte. */
const pdfHeaderWithin = 1024;
/** As much of a text is looked at where all of it would be too much. */
const sampleBytes = 4096;

/**
 * The page; `too long` for text that has surely more characters than it may; undefined when the
 * bytes are nothing that we can read.
 */
export function sniff(data: Buffer, maxCharacters: number): Page | 'too long' | undefined {
  if (startsWith(data, png)) return { kind: 'image', mediaType: 'image/png', data };
  if (startsWith(data, jpeg)) return { kind: 'image', mediaType: 'image/jpeg', data };
  if (data.subarray(0, pdfHeaderWithin).includes('%PDF-')) return { kind: 'pdf', mediaType: 'application/pdf', data };
  if (data.length > (maxCharacters + 1) * mostBytesPerUnit) {
    return asText(data.subarray(0, sampleBytes), { cut: true }) === undefined ? undefined : 'too long';
  }
  const text = asText(data, { cut: false });
  return text === undefined ? undefined : { kind: 'text', text };
}

const startsWith = (data: Buffer, signature: Buffer): boolean => data.subarray(0, signature.length).equals(signature);

interface Sample {
  /** It is the beginning of something longer, and may end within a character. */
  readonly cut: boolean;
}

/**
 * UTF-8 and UTF-16 with a byte order mark; else the Korean code page of Windows, which Notepad
 * still writes.
 */
function asText(data: Buffer, sample: Sample): string | undefined {
  if (data[0] === 0xff && data[1] === 0xfe) return plain(decoded(data, 'utf-16le', sample));
  if (data[0] === 0xfe && data[1] === 0xff) return plain(decoded(data, 'utf-16be', sample));
  const text = decoded(data, 'utf-8', sample);
  if (text !== undefined) return plain(text);
  const korean = plain(decoded(data, 'euc-kr', sample));
  return korean !== undefined && mostlyHangul(korean) ? korean : undefined;
}

function decoded(data: Buffer, encoding: string, { cut }: Sample): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(data, { stream: cut });
  } catch {
    return undefined;
  }
}

/**
 * Text has no control characters besides tab, line and page breaks: with others it is some other
 * kind of file.
 */
function plain(text: string | undefined): string | undefined {
  return text !== undefined && /[\p{Cc}--[\t\n\r\f\v]]/v.test(text) ? undefined : text;
}

/**
 * Nearly every byte sequence is some Hanja in the Korean code page; a contract is written in
 * Hangul.
 */
function mostlyHangul(text: string): boolean {
  const sample = text.slice(0, 4096);
  const others = sample.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  const hangul = sample.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  return hangul * 2 >= others;
}
