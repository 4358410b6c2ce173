/**
 * Makes the GPU machine a node of Systems Manager, so that one control plane reaches both hosts.
 */
import pRetry from 'p-retry';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type Activation, joinScript, type ManagedNode, type NodeRegistry } from '../../../lib/host/join.ts';
import { registersWithin, waitingForAgent } from '../../../lib/host/ssm-agent.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { HostShell, ShellResult, ShellRun } from '../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { waitFor } from '../../io/process/wait-until.ts';

export interface JoinPorts {
  readonly aws: Pick<AwsCloud, 'outputs'>;
  readonly registry: NodeRegistry;
  /** Runs a script on the GPU machine before Systems Manager can. */
  readonly channel: (script: string, options: ShellRun) => Promise<ShellResult>;
  readonly shell: Pick<HostShell, 'run'>;
  /** Milliseconds between two looks at who is online. */
  readonly interval: number;
}

export interface Joined {
  readonly node: string;
  /** False when it was online already. */
  readonly changed: boolean;
}

/** Seconds for installing and registering the agent, and then for its first sign of life. */
const limits = { install: 900, online: registersWithin, answer: 30, reachable: 300 } as const;

/**
 * Does nothing when a node of the environment's name is online and answers: Systems Manager calls a
 * node online for some minutes after its machine is gone. Nodes of the same name that are not,
 * those of machines that are gone, are removed once the new one is there.
 * @throws DojangError `no-role`, `join-failed`, `not-online`, or what the channel throws,
 *   `host-unreachable` only after five minutes of it
 */
export async function join(environment: Environment, ports: JoinPorts, progress: Progress): Promise<Joined> {
  const name = environment.names.node;
  const online = (await ports.registry.named(name)).find((node) => node.online);
  if (online && (await answers(ports.shell))) return { node: online.id, changed: false };
  const role = await nodeRole(environment, ports.aws);
  progress('making an activation for one machine');
  const activation = await ports.registry.activate(name, role);
  try {
    progress('registering the machine with Systems Manager');
    await register(environment, ports, activation, progress);
    const { id } = await whenOnline(name, ports, activation, progress);
    await removeGone(name, ports.registry);
    return { node: id, changed: true };
  } finally {
    await ports.registry.deleteActivation(activation.id);
  }
}

async function answers(shell: Pick<HostShell, 'run'>): Promise<boolean> {
  const said = await shell.run('gcp', 'true', { comment: 'is it there', limitSeconds: limits.answer }).catch(() => undefined);
  return said?.code === 0;
}

async function nodeRole(environment: Environment, aws: Pick<AwsCloud, 'outputs'>): Promise<string> {
  const { addresses } = environment.names.stacks;
  const { AiNodeRole } = await aws.outputs([addresses]);
  if (AiNodeRole) return AiNodeRole;
  throw new DojangError('no-role', `no AiNodeRole in ${addresses}`, {
    why: 'A machine outside AWS acts through this role.',
    next: `dojang up --env ${environment.name} --only aws-addresses`,
  });
}

async function register({ name, aws }: Environment, ports: JoinPorts, activation: Activation, progress: Progress): Promise<void> {
  const { code, stdout, stderr } = await firstContact(joinScript(aws.region, activation), ports, progress);
  if (code === 0) return;
  const said = `${stdout}\n${stderr}`.replaceAll(activation.code.reveal(), '[redacted]').trim();
  throw new DojangError('join-failed', `the GPU machine could not register with Systems Manager (exit status ${code})`, {
    why: `The end of what it said:\n    ${said.split('\n').slice(-5).join('\n    ')}`,
    next: `correct it, then dojang up --env ${name} --only join`,
  });
}

/** A new machine runs for a while before it accepts a login. */
async function firstContact(script: string, { channel, interval }: JoinPorts, progress: Progress): Promise<ShellResult> {
  const begun = Date.now();
  return pRetry(() => channel(script, { comment: 'join Systems Manager', limitSeconds: limits.install, progress }), {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: interval,
    factor: 1,
    onFailedAttempt: ({ error }) => {
      const passed = Math.round((Date.now() - begun) / 1000);
      if (!(error instanceof DojangError && error.code === 'host-unreachable') || passed >= limits.reachable) throw error;
      progress(`waiting for the machine to let us in for ${passed} s`);
    },
  });
}

async function whenOnline(name: string, { registry, interval }: JoinPorts, { id }: Activation, progress: Progress): Promise<ManagedNode> {
  const begun = Date.now();
  const look = async () => {
    const node = (await registry.named(name)).find(({ activation, online }) => activation === id && online);
    const passed = Math.round((Date.now() - begun) / 1000);
    if (!node && passed < limits.online) progress(waitingForAgent('gcp', passed, limits.online));
    return node;
  };
  const node = await waitFor(look, { interval, limit: limits.online * 1000 });
  if (!node) throw notOnline(name);
  return node;
}

function notOnline(name: string): DojangError {
  return new DojangError('not-online', `${name} registered with Systems Manager but was not online within ${limits.online} s`, {
    why: 'Its agent reaches AWS over HTTPS; a firewall for outgoing traffic or a wrong clock would keep it from that.',
    next: 'read the log of amazon-ssm-agent on the machine (journalctl), then run it again',
  });
}

/** Asked again, since one that was lost for a moment may be back. */
async function removeGone(name: string, registry: NodeRegistry): Promise<void> {
  for (const { id, online } of await registry.named(name)) if (!online) await registry.deregister(id);
}
