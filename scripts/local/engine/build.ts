/**
 * The engine built from its published Go modules, pinned by `go.mod` and `go.sum` of this folder.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { processVariables } from '../../io/process/process-environment.ts';
import { collect } from '../../io/process/processes.ts';
import { install } from './install.ts';
import { engineVersion } from './version.ts';

const beatMilliseconds = 5_000;
const variable = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';

/** Takes three to six minutes on two cores. @throws Error when Go is missing or the build fails. */
export function buildFromModule(progress: Progress): Promise<string> {
  return install(async (draft) => {
    mkdirSync(join(draft, 'bin'));
    await build(join(draft, 'bin', 'pulumi'), progress);
  });
}

async function build(into: string, progress: Progress): Promise<void> {
  const flags = ['-mod=readonly', '-buildvcs=false', '-ldflags', `-s -w -X ${variable}=${engineVersion}`];
  // A workspace or flags of the user's own must not change what is built.
  const env = { ...processVariables(), GOFLAGS: '', GOWORK: 'off' };
  const said: string[] = [];
  const go = ['build', ...flags, '-o', into, 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi'];
  const stop = showAlive(progress, () => lastLine(said));
  try {
    const onOutput = (text: string) => void said.push(text);
    const { code } = await collect('go', go, { cwd: import.meta.dirname, env, onOutput, maxBytes: Number.POSITIVE_INFINITY });
    if (code !== 0) throw new Error(`go build ended with ${code}: ${said.join('').trim().split('\n').slice(-3).join('; ')}`);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error('Go is not installed') : error;
  } finally {
    stop();
  }
}

/** A note every few seconds: the compiler itself says nothing for minutes. */
function showAlive(progress: Progress, last: () => string): () => void {
  const start = Date.now();
  const note = () => {
    const seconds = Math.round((Date.now() - start) / 1000);
    progress(`building the Pulumi engine ${engineVersion}, once for this user, about 5 minutes: ${seconds} s${last()}`);
  };
  note();
  const timer = setInterval(note, beatMilliseconds);
  return () => clearInterval(timer);
}

function lastLine(said: readonly string[]): string {
  const module = /go: downloading (\S+)/.exec(said.at(-1) ?? '')?.[1];
  return module ? `, fetching ${module}` : '';
}
