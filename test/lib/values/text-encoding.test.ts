/** Text in any encoding: read, or named. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../lib/values/text-encoding.ts';

const text = 'Resources: # 자원';
const utf16 = Buffer.from(text, 'utf16le');
const swapped = Buffer.from(utf16).swap16();
const withMark = (mark: readonly number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);

describe('text', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', withMark([0xef, 0xbb, 0xbf], Buffer.from(text))],
    ['UTF-16, little end first', withMark([0xff, 0xfe], utf16)],
    ['UTF-16, big end first', withMark([0xfe, 0xff], swapped)],
    ['UTF-16 without a mark', utf16],
    ['UTF-16 without a mark, big end first', swapped],
    ['nothing', Buffer.from('')],
  ])('in %s is read', (name, bytes) => expect(decodeText(bytes, 'a.yaml')).toBe(name === 'nothing' ? '' : text));

  it.each([
    [
      'EUC-KR',
      Buffer.from('5265736f75726365733a202320c0dabff8', 'hex'),
      /^a.yaml is not written in UTF-8, but looks like EUC-KR \(CP949\)$/,
      'iconv -f EUC-KR -t UTF-8',
    ],
    ['UTF-32', withMark([0xff, 0xfe, 0, 0], Buffer.from('41000000', 'hex')), /but looks like UTF-32LE$/, 'iconv -f UTF-32LE -t UTF-8'],
    ['Latin-1', Buffer.from('Description: caf\u00e9', 'latin1'), /but looks like ISO-8859-1 \(Latin-1\)$/, 'iconv -f ISO-8859-1 -t UTF-8'],
    ['gzip', gzipSync('Resources: {}'), /^a.yaml is compressed with gzip$/, 'gunzip'],
    ['no encoding', Buffer.from([0x41, 0xff, 0xff, 0x00, 0x42]), /is not written in UTF-8 or UTF-16$/, 'save it as UTF-8'],
  ])('in %s is named', (_, bytes, message, next) => {
    expect(() => decodeText(bytes, 'a.yaml')).toThrow(
      expect.objectContaining({ code: 'unknown-encoding', message: expect.stringMatching(message), next: expect.stringContaining(next) }),
    );
  });
});
