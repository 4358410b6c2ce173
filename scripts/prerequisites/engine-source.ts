/** How the Pulumi engine will come to this machine, found out before anything is fetched. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineSource } from '../../lib/prerequisites/render.ts';
import { archiveUrl } from '../local/engine/download.ts';
import { cachedRoot, engineVersionHere } from '../local/engine/existing.ts';
import { engineVersion } from '../local/engine/version.ts';
import { commandPath } from './observe.ts';

const limitMs = 5_000;

/** Undefined when there is one already that fits. */
export async function engineSource(): Promise<EngineSource | undefined> {
  // The cache's folder is named by the version, so only a pulumi on PATH has to be asked.
  if (existsSync(join(cachedRoot, 'bin/pulumi')) || (await engineVersionHere())) return undefined;
  const version = engineVersion;
  try {
    const answer = await fetch(archiveUrl(), { method: 'HEAD', signal: AbortSignal.timeout(limitMs) });
    if (answer.ok) return { from: 'download', version, bytes: Number(answer.headers.get('content-length')) || undefined };
  } catch {
    // No way to the server: the next source.
  }
  return { from: commandPath('go') ? 'build' : 'nowhere', version };
}
