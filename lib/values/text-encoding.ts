/** Text from bytes: every encoding of Unicode is read, any other is named. */
import { DojangError } from '../errors/dojang-error.ts';

/**
 * Marks that a file may begin with, and what it is then written in. The longer first: UTF-32 begins
 * like UTF-16.
 */
const marks: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0, 0], 'UTF-32LE'],
  [[0, 0, 0xfe, 0xff], 'UTF-32BE'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** Encodings of Korea, Japan and China, which are recognised by the bytes that they do not have. */
const others: readonly (readonly [label: string, name: string])[] = [
  ['euc-kr', 'EUC-KR (CP949)'],
  ['shift_jis', 'Shift_JIS'],
  ['gb18030', 'GB 18030'],
];

/** Bytes that compressed files begin with, and what makes text of them. */
const compressed: readonly (readonly [bytes: readonly number[], format: string, next: string])[] = [
  [[0x1f, 0x8b], 'gzip', 'unpack it first with gunzip'],
  [[0x50, 0x4b, 0x03, 0x04], 'zip', 'unpack it first with unzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd', 'unpack it first with unzstd'],
];

/**
 * The text without its byte order mark.
 * @param name of the file, for the error.
 * @throws DojangError `unknown-encoding` for anything but UTF-8 and UTF-16, with the name of what
 *   it is where that can be recognised.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  throwIfCompressed(bytes, name);
  const marked = marks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))?.[1];
  const encoding = marked ?? (hasZeros(bytes, 1) ? 'utf-16le' : hasZeros(bytes, 0) ? 'utf-16be' : 'utf-8');
  const text = encoding.startsWith('utf-') ? decoded(bytes, encoding) : undefined;
  if (text !== undefined) return text;
  const found = encoding.startsWith('UTF-32')
    ? encoding
    : (others.find(([label]) => decoded(bytes, label) !== undefined)?.[1] ?? latin(bytes));
  throw new DojangError('unknown-encoding', `${name} is not written in UTF-8${found ? `, but looks like ${found}` : ' or UTF-16'}`, {
    why: 'Its names would be read wrongly.',
    next: `save it as UTF-8${found ? `, for instance with iconv -f ${found.replace(/ ?\(.*|(?<=GB) /g, '')} -t UTF-8` : ''}`,
  });
}

function throwIfCompressed(bytes: Uint8Array, name: string): void {
  const found = compressed.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (!found) return;
  const [, format, next] = found;
  throw new DojangError('unknown-encoding', `${name} is compressed with ${format}`, { next });
}

/**
 * Every byte is a letter of ISO 8859-1, so only text without control characters of it is taken for
 * that.
 */
function latin(bytes: Uint8Array): string | undefined {
  const isControl = (byte: number) => (byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte)) || (byte >= 0x7f && byte < 0xa0);
  return bytes.some(isControl) ? undefined : 'ISO-8859-1 (Latin-1)';
}

/** UTF-16 without a mark: every second byte of ASCII text is 0. */
function hasZeros(bytes: Uint8Array, from: number): boolean {
  return bytes.length >= 4 && bytes[from] === 0 && bytes[from + 2] === 0 && bytes[1 - from] !== 0;
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
