/**
 * The names of the embedded internet: those that are always there, and the one record that the
 * operator controls.
 */
import { join } from 'node:path';
import { readJson, writeJson } from '../../io/state.ts';
import { serviceAddress } from '../hosts/network/network.ts';

/** IPv4 address by name, in lower case. */
export type Records = Readonly<Record<string, string>>;

/**
 * The names under which the internet itself offers something. `acme`: the certificate authority.
 */
export const serviceNames = { signIn: 'login.dojang.example', acme: 'acme.dojang.example' } as const;

const fixed: Records = { [serviceNames.signIn]: serviceAddress.signIn, [serviceNames.acme]: serviceAddress.acme };

const recordsFile = (folder: string) => join(folder, 'records.json');

/** Every record, as it is at this moment. */
export function recordsIn(folder: string): Records {
  return { ...ownRecords(folder), ...fixed };
}

/** Where a domain points; undefined when it has no record. */
export function addressOfDomain(folder: string, domain: string): string | undefined {
  return ownRecords(folder)[domain.toLowerCase()];
}

/** Points a domain at an address, or removes its record. Holds for the next query. */
export function pointDomain(folder: string, domain: string, address: string | undefined): void {
  const { [domain.toLowerCase()]: _, ...others } = ownRecords(folder);
  writeJson(recordsFile(folder), address === undefined ? others : { ...others, [domain.toLowerCase()]: address });
}

function ownRecords(folder: string): Records {
  return readJson<Records>(recordsFile(folder)) ?? {};
}
