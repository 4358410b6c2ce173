/** What the embedded certificate authority is set to, as data. */
import { join } from 'node:path';
import { readJson, writeJson } from '../../io/state.ts';
import { serviceAddress } from '../hosts/network/network.ts';

/** As Let's Encrypt's profile `classic`: 90 days. https://letsencrypt.org/docs/profiles */
const customaryLifetimeSeconds = 90 * 86_400;

const lifetimeFile = (folder: string) => join(folder, 'lifetime.json');

/** Seconds that certificates signed from now on last. */
export function lifetimeIn(folder: string): number {
  return readJson<{ readonly seconds: number }>(lifetimeFile(folder))?.seconds ?? customaryLifetimeSeconds;
}

export function writeLifetime(folder: string, seconds: number): void {
  writeJson(lifetimeFile(folder), { seconds });
}

/**
 * Where its management interface is inside the embedded internet: the root that it signs by is at
 * `/roots/0`.
 */
export const managementPort = 15_000;

/**
 * Pebble's own settings. Challenges are looked for where Let's Encrypt looks: port 80 of the
 * domain's address.
 */
export function pebbleSettings(folder: string, lifetimeSeconds: number): object {
  return {
    pebble: {
      listenAddress: `${serviceAddress.acme}:443`,
      managementListenAddress: `${serviceAddress.acme}:${managementPort}`,
      certificate: join(folder, 'server.pem'),
      privateKey: join(folder, 'server-key.pem'),
      httpPort: 80,
      tlsPort: 443,
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      domainBlocklist: [],
      retryAfter: { authz: 1, order: 1 },
      keyAlgorithm: 'ecdsa',
      // One alone: of several Pebble takes any where the client names none.
      profiles: { classic: { description: 'What Let’s Encrypt signs by default', validityPeriod: lifetimeSeconds } },
    },
  };
}

/**
 * What Pebble does at random to try its clients. Let's Encrypt hardly does, and a failure here must
 * have a reason.
 */
export const pebbleEnv = {
  PEBBLE_VA_NOSLEEP: '1',
  PEBBLE_WFE_NONCEREJECT: '0',
  /** A domain is proven anew for every certificate; Let's Encrypt may remember a proof for days. */
  PEBBLE_AUTHZREUSE: '0',
} as const;
