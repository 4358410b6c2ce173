/**
 * The private authority, and how it is replaced without a moment in which one host refuses the
 * other:
 *
 * 1. asked for (`dojang wire --rotate ca`), a second authority is made and both are trusted;
 *    `dojang provision` gives it to the hosts;
 * 2. when both hosts trust the second, `dojang wire` signs all certificates with it; `dojang
 *    provision` brings them;
 * 3. when both hosts show those, `dojang wire` ends the trust in the first; `dojang provision`
 *    gives it to the hosts.
 *
 * Every step is decided from what is there. Keys are written before certificates, so that a run
 * that was cut off leaves a key without a certificate (which the next run makes) or a certificate
 * without a key (which is trusted, signs nothing and goes with the last step).
 */

import type { HostName } from '../ports/host-shell.ts';
import type { HostTrust } from '../ports/secrets.ts';
import { listText } from '../values/list-text.ts';
import { type CertificateFacts, daysUntil, expiryText, type FoundPair } from './certificate.ts';
import { lifetimes } from './desired.ts';

interface FoundAuthority {
  /** What is trusted, in the order it was made. */
  readonly certificates: readonly CertificateFacts[];
  /** Identifiers of the private keys, in the order they were made. */
  readonly keyIds: readonly string[];
}

/** What the hosts have; one that could not be asked is missing. */
export type Installed = Readonly<Partial<Record<HostName, HostTrust>>>;

/** What everything is decided from. */
export interface FoundTrust {
  readonly authority: FoundAuthority;
  /** The peers' and the site's, by id. */
  readonly pairs: Readonly<Record<string, FoundPair>>;
  /** Needed only while an authority is being replaced. */
  readonly installed: Installed;
}

export type AuthorityStep =
  | { readonly do: 'keep' }
  /** A new key and its certificate, beside what is there. */
  | { readonly do: 'make'; readonly reason: string }
  /** Certificates for keys that have none: a run was cut off between the two. */
  | { readonly do: 'certify'; readonly reason: string; readonly keyIds: readonly string[] }
  /** No longer trusted; their keys go too. */
  | { readonly do: 'retire'; readonly reason: string; readonly keyIds: readonly string[] }
  /** Nothing can be signed, and only the operator may decide to begin anew. */
  | { readonly do: 'ask'; readonly reason: string };

const asked = 'is to be replaced, as asked for';

/** The next step of the authority. It is replaced only when `rotate` asks for it. */
export function authorityStep(found: FoundTrust, { rotate, now }: { readonly rotate: boolean; readonly now: Date }): AuthorityStep {
  const { certificates, keyIds } = found.authority;
  const uncertified = keyIds.filter((keyId) => !certificates.some((each) => each.keyId === keyId));
  if (uncertified.length > 0)
    return { do: 'certify', keyIds: uncertified, reason: certificateMissing({ isReplaced: certificates.length > 0 }) };
  if (certificates.length === 0) return { do: 'make', reason: 'missing' };
  if (signing(found.authority, now).length === 0) return rotate ? { do: 'make', reason: asked } : ask(certificates, now);
  if (certificates.length === 1) return rotate ? { do: 'make', reason: asked } : { do: 'keep' };
  if (!isReplaced(found)) return { do: 'keep' };
  const retired = certificates.filter((each) => each !== newest(found.authority)).map(({ keyId }) => keyId);
  return { do: 'retire', keyIds: retired, reason: 'nothing shows its signature any more' };
}

function certificateMissing({ isReplaced }: { readonly isReplaced: boolean }): string {
  return isReplaced ? 'was being replaced when a run was cut off' : 'its key has no certificate yet';
}

function ask(certificates: readonly CertificateFacts[], now: Date): AuthorityStep {
  const last = certificates.at(-1);
  const days = last ? daysUntil(last.notAfter, now) : 0;
  return { do: 'ask', reason: days < 0 ? expiryText(days) : 'its key is missing' };
}

/** Authorities that can sign: their key is there and they have not expired. */
function signing({ certificates, keyIds }: FoundAuthority, now: Date): CertificateFacts[] {
  return certificates.filter(({ keyId, notAfter }) => keyIds.includes(keyId) && notAfter > now);
}

/** The authority that is to stay: the one made last. */
function newest({ certificates }: FoundAuthority): CertificateFacts | undefined {
  return certificates.at(-1);
}

/**
 * The authority that signs now: the newest as soon as both hosts trust it, until then the one
 * before.
 */
export function signerOf(found: FoundTrust, now: Date): CertificateFacts | undefined {
  return isReady(found, now) ? newest(found.authority) : signing(found.authority, now)[0];
}

/**
 * Whether a certificate of this issuer may stay: any that is trusted, until the newest authority
 * can take over.
 */
export function isGoodIssuer(found: FoundTrust, issuerKeyId: string, now: Date): boolean {
  const trusted = found.authority.certificates.some(({ keyId }) => keyId === issuerKeyId);
  return trusted && (issuerKeyId === newest(found.authority)?.keyId || !isReady(found, now));
}

/** Once it has signed something it goes on, whatever the hosts answer that day. */
function isReady(found: FoundTrust, now: Date): boolean {
  const last = newest(found.authority);
  if (!last || !signing(found.authority, now).includes(last)) return false;
  return hasSigned(found, last.keyId) || isTrusted(found, last.keyId);
}

function hasSigned({ pairs }: FoundTrust, keyId: string): boolean {
  return Object.values(pairs).some(({ certificate }) => certificate?.issuerKeyId === keyId);
}

const hosts = ['aws', 'gcp'] as const;

/** A host that has no authority yet trusts no one, and gets everything at once. */
function isTrusted({ installed }: FoundTrust, keyId: string): boolean {
  return hosts.every((host) => {
    const known = installed[host]?.authorities;
    return known !== undefined && (known.length === 0 || known.includes(keyId));
  });
}

/** Whether everything that is shown was signed by the newest authority, on the hosts too. */
function isReplaced(found: FoundTrust): boolean {
  const last = newest(found.authority)?.keyId ?? '';
  const shown = Object.values(found.pairs);
  return isTrusted(found, last) && shown.every(({ certificate }) => certificate?.issuerKeyId === last) && areInstalled(found);
}

function areInstalled({ pairs, installed }: FoundTrust): boolean {
  const isOn = (fingerprint: string | undefined, id: string) =>
    fingerprint === undefined || fingerprint === pairs[id]?.certificate?.fingerprint;
  const { aws, gcp } = installed;
  return isOn(aws?.peer, 'aws-peer') && isOn(gcp?.peer, 'gcp-peer') && (!pairs.site || isOn(aws?.site, 'site'));
}

/** What the operator should know of the authority: that it ends, and how far its replacement is. */
export function authorityNotes(found: FoundTrust, now: Date): string[] {
  const last = newest(found.authority);
  const days = last ? daysUntil(last.notAfter, now) : Number.POSITIVE_INFINITY;
  const ending =
    days < lifetimes.authorityWarning ? [`the authority ${expiryText(days)}: dojang wire --rotate ca begins its replacement`] : [];
  return [...ending, ...replacementNotes(found)];
}

function replacementNotes(found: FoundTrust): string[] {
  const last = newest(found.authority);
  if (!last || found.authority.certificates.length < 2) return [];
  const unasked = hosts.filter((host) => !found.installed[host]);
  if (unasked.length > 0) return [`the authority is being replaced; the ${listText(unasked)} host could not be asked what it trusts`];
  if (!isTrusted(found, last.keyId) && !hasSigned(found, last.keyId)) {
    return ['the authority is being replaced, 1 of 3: dojang provision gives the new one to both hosts, then dojang wire signs with it'];
  }
  if (isReplaced(found)) return [];
  return [
    'the authority is being replaced, 2 of 3: dojang provision brings what the new one signed, then dojang wire ends the trust in the old',
  ];
}
