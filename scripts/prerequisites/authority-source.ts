/** How Pebble, which plays Let's Encrypt in tests, will come to this machine. */
import type { AuthoritySource } from '../../lib/prerequisites/render.ts';
import type { Purpose } from '../../lib/prerequisites/requirements.ts';
import { cachedPebble } from '../local/acme/pebble.ts';
import { pebbleVersion, publishedRelease } from '../local/acme/version.ts';
import { commandPath } from './observe.ts';

/** Undefined when there is one already, or nothing of this purpose asks for a certificate. */
export async function authoritySource(purpose: Purpose): Promise<AuthoritySource | undefined> {
  if (purpose !== 'test' || cachedPebble()) return undefined;
  return commandPath('go') ? { from: 'build', version: pebbleVersion } : { from: 'download', version: publishedRelease.version };
}
