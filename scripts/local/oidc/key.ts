/**
 * The key that signs tokens; kept, so that a service which knows it goes on working when the
 * provider is started anew.
 */
import { generateKeyPairSync } from 'node:crypto';
import { keyFile } from './places.ts';
import { keptText } from './private-file.ts';

export function signingKey(folder: string): Readonly<Record<string, unknown>> {
  return JSON.parse(keptText(keyFile(folder), newKey));
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'embedded' });
}
