/**
 * How a command of Systems Manager goes on one node: waiting for its end, and what that end means.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { GetCommandInvocationCommand, type GetCommandInvocationCommandOutput } from '@aws-sdk/client-ssm';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { HostName, ShellResult, ShellRun } from '../../../../lib/ports/host-shell.ts';
import { timedOut } from '../../script-wrapper.ts';
import type { AwsContext } from '../aws-context.ts';

/** What of the environment scripts on hosts need. */
export type ShellSite = Pick<AwsContext, 'environment' | 'connection' | 'clients'>;
type Invocation = GetCommandInvocationCommandOutput;

export interface InvocationIds {
  readonly command: string;
  readonly node: string;
}

const ends = new Set(['Success', 'Failed', 'TimedOut', 'Cancelled']);
/** Seconds beyond a script's limit after which its end is given up. */
const grace = 120;

/** @throws DojangError `host-unreachable` when no end is reported long after the limit. */
export async function whenEnded(
  site: ShellSite,
  host: HostName,
  ids: InvocationIds,
  { limitSeconds, progress }: ShellRun,
): Promise<Invocation> {
  const begun = Date.now();
  const { pollInterval } = site.connection;
  // A loop of its own: the pause grows with each question, which p-wait-for cannot do.
  for (let pause = pollInterval / 10; ; pause = Math.min(pause * 1.5, pollInterval, longestPause)) {
    await wait(pause);
    const invocation = await invocationOf(site, ids);
    if (invocation && ends.has(invocation.Status ?? '')) return invocation;
    const passed = Math.round((Date.now() - begun) / 1000);
    if (passed > limitSeconds + grace) throw unreachable(site, host, `(${ids.node}) never reported how ${ids.command} ended`);
    if (passed > 0) progress?.(`running for ${passed} s`);
  }
}

/** Most scripts are short: waiting five seconds for each would be most of the time. */
const longestPause = 2000;

/**
 * Undefined while it is not known, which is usual right after sending, or when AWS throttles the
 * request.
 */
async function invocationOf({ clients }: ShellSite, { command, node }: InvocationIds): Promise<Invocation | undefined> {
  try {
    return await clients.ssm.send(new GetCommandInvocationCommand({ CommandId: command, InstanceId: node }));
  } catch (error) {
    if (isPassing(error)) return undefined;
    throw error;
  }
}

function isPassing(error: unknown): boolean {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return /InvocationDoesNotExist|Throttl|TooManyRequests|Timeout|ECONNRESET/.test(name) || ($metadata?.httpStatusCode ?? 0) >= 500;
}

/** @throws DojangError `host-timeout`, `host-unreachable`, `host-cancelled` */
export function resultOf(site: ShellSite, host: HostName, ended: Invocation, { comment, limitSeconds }: ShellRun): ShellResult {
  const { Status, StatusDetails, ResponseCode = -1, StandardOutputContent: stdout = '', StandardErrorContent: stderr = '' } = ended;
  if (Status === 'Cancelled') throw new DojangError('host-cancelled', `${comment} was cancelled on the ${host} host`);
  if (ResponseCode < 0) throw unreachable(site, host, `did not run it (${StatusDetails ?? Status})`);
  // The agent calls every end with status 137 a timeout, also that of a script that was killed for
  // its memory.
  const tooLong = secondsOf(ended) >= limitSeconds && (ResponseCode === timedOut || Status === 'TimedOut');
  if (!tooLong) return { code: ResponseCode, stdout, stderr };
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n    ');
  throw new DojangError('host-timeout', `${comment} did not end within ${limitSeconds} s on the ${host} host`, {
    why: said === '' ? undefined : `The end of what it said:\n    ${said}`,
    next: 'run it again; what is done already is not done twice',
  });
}

function secondsOf({ ExecutionStartDateTime: start = '', ExecutionEndDateTime: end = '' }: Invocation): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}

export function unreachable({ environment: { name } }: ShellSite, host: HostName, what: string, cause?: unknown): DojangError {
  return new DojangError('host-unreachable', `the ${host} host of ${name} ${what}`, {
    why: 'Scripts reach a host through the agent of Systems Manager on it.',
    next: `dojang up --env ${name}${host === 'gcp' ? ' --only join' : ''}; a machine that has just started needs a minute`,
    cause,
  });
}
