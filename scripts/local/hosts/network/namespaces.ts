/** Makes the embedded internet of a clone what it should be, and takes it away. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { type Argv, attempt, command, endOf } from '../command.ts';
import { interfaceOf, internetCommands, type Namespace, namespaceName, type Party, partyAddress, partyCommands } from './network.ts';

/** Where `ip netns` keeps the namespaces that have a name. */
const names = '/run/netns';

/** The file of a namespace, by which a program enters it. */
export function namespaceFile(prefix: string, place: Namespace): string {
  return join(names, namespaceName(prefix, place));
}

/** The argv that runs a command inside a place, seen from this machine. */
export function inside(prefix: string, place: Namespace, argv: readonly string[]): Argv {
  return ['nsenter', `--net=${namespaceFile(prefix, place)}`, '--', ...argv];
}

/** The internet with those on it that are no machines. May be run again at any time. */
export async function connectInternet(prefix: string): Promise<void> {
  await dropBroken(prefix, 'internet');
  await runAll(internetCommands(prefix));
  for (const party of ['external', 'visitor'] as const) await connect(prefix, party, partyAddress[party]);
}

/** A party under its address, also when it had another one. */
export async function connect(prefix: string, party: Party, address: string): Promise<void> {
  if ((await addressOf(prefix, party)) === address) return;
  await dropBroken(prefix, party);
  await runAll(partyCommands(prefix, party, address));
}

/**
 * The address that a party has now and is reached under; undefined when it is not on the internet.
 */
export async function addressOf(prefix: string, party: Party): Promise<string | undefined> {
  const [own, route] = await Promise.all([
    attempt(inside(prefix, party, ['ip', '-4', '-oneline', 'address', 'show', 'dev', 'eth0'])),
    attempt(inside(prefix, 'internet', ['ip', '-4', 'route', 'show', 'dev', interfaceOf(party)])),
  ]);
  const address = / inet ([\d.]+)\/32 /.exec(own.stdout)?.[1];
  return address && route.stdout.trim().split(' ')[0] === address ? address : undefined;
}

/**
 * A party without an address: its interface stays, as a running machine has it, and nothing passes.
 */
export async function disconnect(prefix: string, party: Party): Promise<void> {
  if (!hasPlace(prefix, party)) return;
  await command(['ip', '-n', namespaceName(prefix, 'internet'), 'link', 'set', interfaceOf(party), 'down']);
}

/** Takes the place of a party away. */
export async function removePlace(prefix: string, place: Namespace): Promise<void> {
  await removeNamed(namespaceName(prefix, place));
}

export function hasPlace(prefix: string, place: Namespace): boolean {
  return existsSync(namespaceFile(prefix, place));
}

/** Removes every namespace of the clone. */
export async function removeInternet(prefix: string): Promise<void> {
  const ours = existsSync(names) ? readdirSync(names).filter((name) => name.startsWith(`${prefix}-`)) : [];
  for (const name of ours) await removeNamed(name);
}

async function removeNamed(name: string): Promise<void> {
  if (existsSync(join(names, name))) await command(['ip', 'netns', 'delete', name]);
}

/** A command killed between the two halves of `ip netns add` leaves a name without a namespace. */
async function dropBroken(prefix: string, place: Namespace): Promise<void> {
  if (!hasPlace(prefix, place)) return;
  const { code } = await attempt(inside(prefix, place, ['true']));
  if (code !== 0) await removePlace(prefix, place);
}

async function runAll(commands: readonly Argv[]): Promise<void> {
  for (const argv of commands) {
    const { code, text } = await attempt(argv);
    if (code === 0 || text.includes('File exists')) continue;
    throw new DojangError('host-network-failed', `${argv.join(' ')} failed with status ${code}`, { why: endOf(text) });
  }
}
