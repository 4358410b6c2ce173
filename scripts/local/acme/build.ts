/** Pebble built from its published Go modules, pinned by `go.mod` and `go.sum` of this folder. */
import { join } from 'node:path';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { attempt } from '../hosts/command.ts';
import { pebbleVersion } from './version.ts';

/** Takes half a minute on two cores. @throws Error when Go is missing or the build fails */
export async function buildInto(folder: string, progress: Progress): Promise<void> {
  progress(`building the ACME server Pebble ${pebbleVersion}, once for this user, half a minute`);
  const flags = ['-mod=readonly', '-buildvcs=false', '-ldflags', `-s -w -X main.version=${pebbleVersion}`];
  const { code, text } = await attempt(
    ['go', '-C', import.meta.dirname, 'build', ...flags, '-o', join(folder, 'pebble'), 'github.com/letsencrypt/pebble/v2/cmd/pebble'],
    // A workspace or flags of the user's own must not change what is built.
    { env: { GOFLAGS: '', GOWORK: 'off' } },
  );
  if (code === 127) throw new Error('Go is not installed');
  if (code !== 0) throw new Error(`go build ended with ${code}: ${text.trim().split('\n').slice(-3).join('; ')}`);
}
