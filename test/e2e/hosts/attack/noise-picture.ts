/**
 * A picture of a page that has no letter and keeps character recognition busy: points of black and
 * white at random.
 */
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/**
 * A PNG of one bit a pixel, always another one. 2,000 pixels a side are 500 kB, and three seconds
 * of a processor. @param side a multiple of 8
 */
export function noisePicture(side: number): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  const lines = randomBytes((side / 8 + 1) * side);
  // Each line begins with its filter: none.
  for (let line = 0; line < side; line++) lines.writeUInt8(0, line * (side / 8 + 1));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(lines, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
