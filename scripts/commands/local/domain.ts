/**
 * `dojang local domain`: where the domain of the embedded environment points, as its owner sets it
 * at a DNS provider.
 */
import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { ensureAcme } from '../../local/acme/index.ts';
import { writeLifetime } from '../../local/acme/settings.ts';
import { addressOfDomain, pointDomain } from '../../local/dns/records.ts';
import { namespaceFile } from '../../local/hosts/network/namespaces.ts';
import { prefixOf } from '../../local/hosts/network/network.ts';
import { localFolders } from '../../local/index.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { localDomainAnswer } from './answer.ts';

export interface DomainOptions {
  /** `aws`, `none` or an IPv4 address; the record stays as it is when omitted. */
  readonly pointsTo?: string;
  /** Seconds that certificates signed from now on last. */
  readonly certificateLifetime?: string;
}

/**
 * Sets the record of the domain and says what it is. It holds for the next query.
 * @throws DojangError `no-domain`, `no-address`, `wrong-option`
 */
export async function domain(
  { environment }: Context,
  clouds: () => Promise<Clouds>,
  options: DomainOptions,
): Promise<Outcome<DataOf<typeof localDomainAnswer>>> {
  const name = environment.domain;
  if (name === undefined) {
    throw new DojangError('no-domain', `environments.${environment.name} has no domain`, {
      next: "set domain and tls: 'letsencrypt' in dojang.config.ts",
    });
  }
  const lifetime = options.certificateLifetime === undefined ? undefined : secondsOf(options.certificateLifetime);
  if (options.pointsTo !== undefined) pointDomain(localFolders.dns, name, await addressFor(options.pointsTo, environment, clouds));
  if (lifetime !== undefined) await setLifetime(environment, lifetime);
  const address = addressOfDomain(localFolders.dns, name);
  const line = address === undefined ? `${name} has no DNS record` : `${name} points at ${address}`;
  return { format: localDomainAnswer, data: { domain: name, address: address ?? null }, lines: [line] };
}

async function addressFor(wanted: string, environment: Environment, clouds: () => Promise<Clouds>): Promise<string | undefined> {
  if (wanted === 'none') return undefined;
  if (isIPv4(wanted)) return wanted;
  if (wanted !== 'aws') {
    throw new DojangError('wrong-option', `--points-to ${wanted} is neither aws, none nor an IPv4 address`, {
      next: 'dojang local domain --points-to aws',
    });
  }
  const { addresses } = environment.names.stacks;
  const { Address } = await (await clouds()).aws.outputs([addresses]);
  if (Address !== undefined) return Address;
  throw new DojangError('no-address', `no Elastic IP in ${addresses}`, { next: 'dojang up --clouds-only' });
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new DojangError('wrong-option', `--certificate-lifetime ${text} is no number of seconds`, {
    next: 'dojang local domain --certificate-lifetime 300',
  });
}

/** An authority that runs is started anew: it then knows no account of before. */
async function setLifetime({ tls }: Environment, seconds: number): Promise<void> {
  writeLifetime(localFolders.acme, seconds);
  const prefix = prefixOf(localFolders.hosts);
  if (tls !== 'letsencrypt' || !existsSync(namespaceFile(prefix, 'internet'))) return;
  await ensureAcme(localFolders.acme, { prefix, mayStart: true }, () => undefined);
}
