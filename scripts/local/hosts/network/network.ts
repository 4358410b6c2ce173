/**
 * The embedded internet as data: namespaces, addresses and routes, and the commands that make them
 * so.
 */
import { createHash } from 'node:crypto';
import { metadataAddress } from '../../../../lib/host/system/metadata-address.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { Argv } from '../command.ts';

/** Who is on the internet: the two hosts, an external probe, and the user who opens the page. */
export type Party = HostName | 'external' | 'visitor';
export type Namespace = Party | 'internet';

/** Addresses of parties that are no machines. */
export const partyAddress = { external: '192.0.2.50', visitor: '192.0.2.60' } as const;
/**
 * Addresses under which the internet itself offers something: the API of AWS, the sign-in provider,
 * the certificate authority, and the name server.
 */
export const serviceAddress = { aws: '192.0.2.10', signIn: '192.0.2.20', acme: '192.0.2.30', dns: '192.0.2.53' } as const;

/**
 * What only the cloud's own services use; on the embedded clouds the metadata service answers
 * there, and only machines of a cloud.
 */
const linkLocal = '169.254.0.0/16';
const gateways = ['203.0.113.1', '198.51.100.1', '192.0.2.1'] as const;

/** What every name of this clone begins with, so that clones do not meet. */
export function prefixOf(folder: string): string {
  return `dj-${createHash('sha256').update(folder).digest('hex').slice(0, 6)}`;
}

/** Name of a network namespace, as `ip netns` takes it. */
export function namespaceName(prefix: string, place: Namespace): string {
  return `${prefix}-${place}`;
}

/** The interface of the internet behind which a party is. */
export function interfaceOf(party: Party): string {
  return `to-${party}`;
}

/**
 * The internet: a router without a way out, neither to this machine's network nor from it. Commands
 * may be run again: what is there already is refused with "File exists", which is no fault.
 */
export function internetCommands(prefix: string): Argv[] {
  const at = namespaceName(prefix, 'internet');
  const addresses = [...gateways, ...Object.values(serviceAddress), metadataAddress];
  return [
    ['ip', 'netns', 'add', at],
    ['ip', '-n', at, 'link', 'set', 'lo', 'up'],
    ...addresses.map((address): Argv => ['ip', '-n', at, 'address', 'replace', `${address}/32`, 'dev', 'lo']),
    kernelSetting(at, 'ip_forward', 1),
    // A host can't speak under an address that is not its own.
    kernelSetting(at, 'conf/all/rp_filter', 1),
  ];
}

/**
 * A party behind an interface of its own: all its traffic passes the router, which has its cloud's
 * firewall.
 */
export function partyCommands(prefix: string, party: Party, address: string): Argv[] {
  const internet = namespaceName(prefix, 'internet');
  const at = namespaceName(prefix, party);
  const outer = interfaceOf(party);
  return [
    ['ip', 'netns', 'add', at],
    ['ip', '-n', at, 'link', 'set', 'lo', 'up'],
    ['ip', '-n', at, 'route', 'replace', 'unreachable', linkLocal],
    ['ip', '-n', internet, 'link', 'add', outer, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', at],
    ['ip', '-n', internet, 'link', 'set', outer, 'up'],
    ['ip', '-n', at, '-4', 'address', 'flush', 'dev', 'eth0'],
    ['ip', '-n', at, 'address', 'replace', `${address}/32`, 'dev', 'eth0'],
    ['ip', '-n', at, 'link', 'set', 'eth0', 'up'],
    ['ip', '-n', at, 'route', 'replace', 'default', 'via', gatewayOf(address), 'dev', 'eth0', 'onlink'],
    ...(party === 'aws' || party === 'gcp' ? [metadataRoute(at, address)] : []),
    ['ip', '-n', internet, 'route', 'flush', 'dev', outer],
    ['ip', '-n', internet, 'route', 'replace', `${address}/32`, 'dev', outer],
  ];
}

function metadataRoute(at: string, address: string): Argv {
  return ['ip', '-n', at, 'route', 'replace', `${metadataAddress}/32`, 'via', gatewayOf(address), 'dev', 'eth0', 'onlink'];
}

function gatewayOf(address: string): string {
  const net = (each: string) => each.replace(/\.\d+$/, '');
  return gateways.find((gateway) => net(gateway) === net(address)) ?? gateways[0];
}

function kernelSetting(namespace: string, name: string, value: number): Argv {
  return ['ip', 'netns', 'exec', namespace, 'sh', '-c', `echo ${value} >/proc/sys/net/ipv4/${name}`];
}
