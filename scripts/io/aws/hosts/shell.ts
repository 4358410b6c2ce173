/**
 * Runs scripts on both hosts through Systems Manager: no open port, and AWS keeps a record of what
 * was run.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { SendCommandCommand } from '@aws-sdk/client-ssm';
import { untilRegistered } from '../../../../lib/host/ssm-agent.ts';
import type { HostName, HostShell, ShellResult, ShellRun } from '../../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { endsWithin, wrapInParts } from '../../script-wrapper.ts';
import { resultOf, type ShellSite, unreachable, whenEnded } from './invocation.ts';
import { isOnline, type NodeIds } from './nodes.ts';

/**
 * `nodes` returns the managed node of each host; it is called for every script, as a host may be
 * replaced between two.
 */
export function ssmShell(site: ShellSite, nodes: () => Promise<NodeIds>): HostShell {
  return {
    async run(host, script, options) {
      const node = (await nodes())[host];
      if (node === undefined) throw unreachable(site, host, 'is no node of Systems Manager');
      return runOn(site, host, node, script, options);
    },
    whenReady: (host, limitSeconds, progress) => whenReady(site, nodes, host, limitSeconds, progress),
  };
}

async function runOn(site: ShellSite, host: HostName, node: string, script: string, options: ShellRun): Promise<ShellResult> {
  const scripts = wrapInParts(script, options.limitSeconds);
  for (const part of scripts.slice(0, -1)) {
    const result = await runOne(site, host, node, part, { ...options, limitSeconds: partSeconds });
    if (result.code !== 0) return result;
  }
  return runOne(site, host, node, scripts.at(-1) ?? '', options);
}

async function runOne(site: ShellSite, host: HostName, node: string, script: string, options: ShellRun): Promise<ShellResult> {
  const command = await send(site, host, node, script, options);
  const ended = await whenEnded(site, host, { command, node }, options);
  return resultOf(site, host, ended, options);
}

/** For writing one part of a long script. */
const partSeconds = 60;

/**
 * Of the caller's input, only the comment and the script are in the command history of Systems
 * Manager.
 */
async function send(site: ShellSite, host: HostName, node: string, script: string, { comment, limitSeconds }: ShellRun): Promise<string> {
  const request = new SendCommandCommand({
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [node],
    Comment: comment.slice(0, longestComment),
    TimeoutSeconds: deliveredWithin,
    // Time beyond the script's own limit is for ending it and for telling what it said.
    Parameters: { commands: [script], executionTimeout: [String(Math.ceil(limitSeconds) + 2 * endsWithin)] },
  });
  try {
    const { Command } = await site.clients.ssm.send(request);
    return Command?.CommandId ?? '';
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidInstanceId') throw unreachable(site, host, `(${node}) is not online`, error);
    throw error;
  }
}

const longestComment = 100;
/** Seconds in which the agent must have taken the command; the shortest that the API allows. */
const deliveredWithin = 30;

async function whenReady(
  site: ShellSite,
  nodes: () => Promise<NodeIds>,
  host: HostName,
  limitSeconds: number,
  progress: Progress,
): Promise<void> {
  const isRegistered = async () => {
    const node = (await nodes())[host];
    return node !== undefined && (await isOnline(site.clients, node));
  };
  // The loop is in lib, which has no clock.
  const clock = { now: Date.now, pause: () => wait(site.connection.pollInterval) };
  if (await untilRegistered(isRegistered, { host, limitSeconds, clock, progress })) return;
  throw unreachable(site, host, `was not online within ${limitSeconds} s`);
}
