/**
 * Files of attributes beside the state of a stack in a folder, which a killed engine may leave
 * half-written.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { remove } from '../../state.ts';
import type { Session } from './session.ts';

/**
 * The engine replaces its state by one rename, but writes the file `<state>.attrs` beside it in
 * place (gocloud.dev/blob/fileblob, `setAttrs`). Killed in between, an empty one is left, and every
 * later read of the state ends in "failed to load checkpoint: EOF". The engine does without the
 * file: it holds a content type and a checksum. Does nothing where the state is not in a folder.
 */
export function removeBrokenAttributes({ options }: Pick<Session, 'options'>): void {
  const backend = options.connection.variables.PULUMI_BACKEND_URL ?? '';
  if (!backend.startsWith('file:///')) return;
  for (const file of attributeFiles(join(fileURLToPath(backend.replace(/\?.*$/, '')), '.pulumi'))) {
    if (!isJson(file)) remove(file);
  }
}

function attributeFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.attrs')).map((name) => join(folder, name));
  } catch {
    // No state yet, or a file that has just been renamed: there is nothing broken to find.
    return [];
  }
}

function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch (error) {
    return !(error instanceof SyntaxError);
  }
}
