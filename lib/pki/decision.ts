/** What to do with each certificate, and why, in words. */
import { type AuthorityStep, authorityNotes, authorityStep, type FoundTrust, isGoodIssuer, signerOf } from './authority.ts';
import { type CertificateFacts, daysUntil, expiryText, type FoundPair } from './certificate.ts';
import { type DesiredCertificate, type DesiredTrust, lifetimes } from './desired.ts';

export interface CertificateDecision {
  readonly certificate: DesiredCertificate;
  readonly action: 'keep' | 'make' | 'renew';
  /** Why, for `make` and `renew`. */
  readonly reason: string;
}

export interface TrustDecision {
  readonly authority: AuthorityStep;
  readonly certificates: readonly CertificateDecision[];
  /** What the operator should know, though nothing differs. */
  readonly notes: readonly string[];
}

/**
 * `rotate` holds the ids of what the operator asks to have made anew: `ca`, `aws-peer`, `gcp-peer`,
 * `site`.
 */
export function decideTrust(desired: DesiredTrust, found: FoundTrust, rotate: ReadonlySet<string>, now: Date): TrustDecision {
  return {
    authority: authorityStep(found, { rotate: rotate.has('ca'), now }),
    certificates: desired.certificates.map((certificate) => decide(certificate, found, { rotate: rotate.has(certificate.id), now })),
    notes: authorityNotes(found, now),
  };
}

function decide(
  certificate: DesiredCertificate,
  found: FoundTrust,
  { rotate, now }: { readonly rotate: boolean; readonly now: Date },
): CertificateDecision {
  const pair = found.pairs[certificate.id] ?? {};
  if (!pair.certificate) return { certificate, action: 'make', reason: 'missing' };
  const reason = faultOf(certificate, pair.certificate, pair, found, now) ?? (rotate ? 'is to be renewed, as asked for' : undefined);
  return reason === undefined ? { certificate, action: 'keep', reason: '' } : { certificate, action: 'renew', reason };
}

function faultOf(
  desired: DesiredCertificate,
  facts: CertificateFacts,
  { keyId }: FoundPair,
  found: FoundTrust,
  now: Date,
): string | undefined {
  if (keyId === undefined) return 'has no key';
  if (keyId !== facts.keyId) return 'does not match its key';
  if (!isGoodIssuer(found, facts.issuerKeyId, now)) return 'is of another authority: authority changed';
  const wrongName = nameFault(desired, facts);
  if (wrongName) return wrongName;
  const days = daysUntil(facts.notAfter, now);
  // What ends with its authority gains nothing by being signed again.
  const endsWithAuthority = facts.notAfter >= (signerOf(found, now)?.notAfter ?? Number.POSITIVE_INFINITY);
  return days < lifetimes.renewal && !endsWithAuthority ? expiryText(days) : undefined;
}

function nameFault(desired: DesiredCertificate, facts: CertificateFacts): string | undefined {
  const without = (names: readonly string[], others: readonly string[]) => names.filter((name) => !others.includes(name));
  const missing = without(desired.names, facts.names);
  const stray = without(facts.names, desired.names);
  if (missing.length + stray.length === 0) return facts.commonName === desired.commonName ? undefined : `is for ${facts.commonName}`;
  const isAddress = [...missing, ...stray].every((name) => name.startsWith('IP:'));
  return `is for ${bare(facts.names)} instead of ${bare(desired.names)}: ${isAddress ? 'address' : 'name'} changed`;
}

function bare(names: readonly string[]): string {
  return names.map((name) => name.replace(/^\w+:/, '')).join(', ');
}
