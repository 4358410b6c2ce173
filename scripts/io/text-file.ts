/** Reads a text file that another program wrote, in any Unicode encoding. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { decodeText } from '../../lib/values/text-encoding.ts';

/** @throws DojangError `unknown-encoding`, with the encoding where it can be recognised. */
export function readText(path: string): string {
  return decodeText(readFileSync(path), basename(path));
}
