/** Certificates as data: what a certificate says, without its bytes. */
import { counted } from '../values/counted.ts';

/**
 * Which certificate of an environment: its authority, what the two hosts show each other, what
 * people's browsers see.
 */
export type LeafId = 'aws-peer' | 'gcp-peer' | 'site';

/** What a certificate says. */
export interface CertificateFacts {
  readonly commonName: string;
  /**
   * Subject alternative names in the order of the certificate, like `DNS:ai` and
   * `IP:198.51.100.10`.
   */
  readonly names: readonly string[];
  readonly notAfter: Date;
  /** Subject key identifier: the hash of its public key, in hexadecimal. */
  readonly keyId: string;
  /** Authority key identifier: the hash of the key that signed it. */
  readonly issuerKeyId: string;
  /** SHA-256 of the whole certificate, in hexadecimal. */
  readonly fingerprint: string;
}

/**
 * A certificate and its key as they are kept, each of which may be missing or belong to another.
 */
export interface FoundPair {
  readonly certificate?: CertificateFacts;
  /** Identifier of the private key, to be compared with the certificate's. */
  readonly keyId?: string;
}

/** The whole days from `now` until `then`, rounded down; negative when it is over. */
export function daysUntil(then: Date, now: Date): number {
  return Math.floor((then.getTime() - now.getTime()) / 86_400_000);
}

/** A lifetime in words: `expires in 12 days`, `expired 3 days ago`. */
export function expiryText(days: number): string {
  if (days < 0) return `expired ${count(-days)} ago`;
  return days === 0 ? 'expires today' : `expires in ${count(days)}`;
}

function count(days: number): string {
  return counted(days, 'day');
}
