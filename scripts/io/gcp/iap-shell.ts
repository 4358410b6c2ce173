/**
 * Runs scripts on the GPU machine over SSH through Identity-Aware Proxy: the way in while Systems
 * Manager does not know it yet.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { ShellResult, ShellRun } from '../../../lib/ports/host-shell.ts';
import type { Variables } from '../process/process-environment.ts';
import { collect } from '../process/processes.ts';
import { endsWithin, timedOut, wrapScript } from '../script-wrapper.ts';

export interface IapMachine {
  readonly project: string;
  readonly zone: string;
  readonly machine: string;
}

/** Runs a bash script as root on one machine. */
export type Channel = (script: string, options: ShellRun) => Promise<ShellResult>;

/**
 * The script goes through standard input, so nothing of it is an argument of any process here.
 * @param variables of the process `gcloud`, which is looked for in their PATH
 * @throws DojangError (from the channel) `no-gcloud`, `no-credentials`, `host-unreachable`,
 *   `host-timeout`
 */
export function iapShell(machine: IapMachine, variables: Variables): Channel {
  return async (script, options) => {
    const begun = Date.now();
    const ended = await gcloud(sshTo(machine), wrapScript(script, options.limitSeconds), variables, options);
    const failure = failureOf(machine, ended);
    if (failure) throw failure;
    if (ended.code === timedOut && Date.now() - begun >= options.limitSeconds * 1000) throw tookTooLong(machine, options);
    return ended;
  };
}

function sshTo({ project, zone, machine }: IapMachine): string[] {
  const where = ['--project', project, '--zone', zone, '--tunnel-through-iap', '--quiet'];
  return ['compute', 'ssh', machine, ...where, '--command', 'sudo bash -s'];
}

/** Seconds for making a key and a tunnel, beside the script's own limit. */
const connecting = 120;

async function gcloud(
  args: readonly string[],
  input: string,
  env: Variables,
  { limitSeconds, progress, comment }: ShellRun,
): Promise<ShellResult> {
  const timeout = (limitSeconds + endsWithin + connecting) * 1000;
  progress?.(`${comment}: through Identity-Aware Proxy`);
  try {
    const ended = await collect('gcloud', args, { input, env, timeout, killSignal: 'SIGKILL', maxBytes: Number.POSITIVE_INFINITY });
    return { ...ended, code: ended.code ?? timedOut };
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'ENOENT' ? noGcloud(cause) : cause;
  }
}

function noGcloud(cause: unknown): DojangError {
  return new DojangError('no-gcloud', 'the command gcloud is not installed', {
    why: 'It opens the tunnel to the GPU machine, which has no port for SSH open to the internet.',
    next: 'install it (https://cloud.google.com/sdk/docs/install), then gcloud auth login',
    cause,
  });
}

const lostLogin = /gcloud auth login|reauth|refresh.*token|invalid_grant|no credentialed accounts|do not currently have an active account/i;

/** gcloud's own failures; what the script itself answered, whatever it was, is none. */
function failureOf({ project, zone, machine }: IapMachine, { code, stderr }: ShellResult): DojangError | undefined {
  const [gcloudError] = /^ERROR: \(gcloud\..*$/m.exec(stderr) ?? [];
  if (code === 0 || (code !== 255 && gcloudError === undefined)) return undefined;
  const why = stderr.trim().split('\n').slice(-3).join('\n    ');
  if (lostLogin.test(stderr)) {
    return new DojangError('no-credentials', 'the login of gcloud has expired', { why, next: 'gcloud auth login, then run it again' });
  }
  const next = `check that ${machine} runs in ${zone} and that you have the roles iap.tunnelResourceAccessor and compute.osAdminLogin in ${project}`;
  return new DojangError('host-unreachable', `${machine} can't be reached through Identity-Aware Proxy`, { why, next });
}

function tookTooLong({ machine }: IapMachine, { comment, limitSeconds }: ShellRun): DojangError {
  return new DojangError('host-timeout', `${comment} did not end within ${limitSeconds} s on ${machine}`, { next: 'run it again' });
}
