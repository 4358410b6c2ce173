/**
 * The certificates and secrets of an environment: read, compared with what there must be, made and
 * written.
 */
import { randomBytes } from 'node:crypto';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type AuthorityStep, type Installed, signerOf } from '../../../lib/pki/authority.ts';
import { authorityChange, certificateChanges, secretChanges, type TrustChange } from '../../../lib/pki/change.ts';
import { type CertificateDecision, decideTrust } from '../../../lib/pki/decision.ts';
import type { DesiredTrust } from '../../../lib/pki/desired.ts';
import { type KnownSecret, rotationOf } from '../../../lib/pki/secrets.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import type { InstalledTrust, SecretStore } from '../../../lib/ports/secrets.ts';
import { Secret } from '../../../lib/values/secret.ts';
import { certifyAuthority, issue, newKey } from '../../io/pki.ts';
import { type StoredTrust, storedTrust } from './stored-trust.ts';

export interface TrustPorts {
  readonly secrets: SecretStore;
  /**
   * Without it a new authority is trusted beside the old one forever: it is unknown when the hosts
   * have it.
   */
  readonly installed?: InstalledTrust;
}

export interface TrustOptions {
  /** Make what is found missing or old; else only look. */
  readonly apply: boolean;
  /** Names that the operator has asked to rotate. */
  readonly rotate: readonly string[];
  readonly now: Date;
}

/** What differs, or differed before it was made. */
export interface TrustWork {
  readonly changes: readonly TrustChange[];
  readonly notes: readonly string[];
}

/** What there must be. */
export interface WantedTrust {
  readonly trust: DesiredTrust;
  readonly secrets: readonly KnownSecret[];
}

/** What one run works with. */
interface Work {
  readonly desired: DesiredTrust;
  readonly ports: TrustPorts;
  readonly now: Date;
  readonly progress: Progress;
}

/**
 * Compares and, with `apply`, makes. Safe to be cut off anywhere: a key is written before its
 * certificate, so what is half done shows as a pair that does not match, and the next run makes it
 * anew.
 * @throws DojangError `unknown-rotation`; with `apply` `authority-unusable` when nothing can be
 *   signed
 */
export async function trustWork(
  { trust: desired, secrets: known }: WantedTrust,
  ports: TrustPorts,
  options: TrustOptions,
  progress: Progress,
): Promise<TrustWork> {
  const rotate = rotationOf(options.rotate, desired, known);
  const work = { desired, ports, now: options.now, progress };
  const [kept, secrets] = await Promise.all([readStored(work), missingSecrets(known, ports.secrets, rotate)]);
  const decision = decideTrust(desired, kept, rotate, options.now);
  const first = [...authorityChange(decision.authority), ...secrets];
  if (!options.apply) return { changes: [...first, ...certificateChanges(decision)], notes: decision.notes };
  await makeSecrets(known, work, secrets);
  await makeAuthority(work, kept, decision.authority);
  const others = new Set([...rotate].filter((name) => name !== 'ca'));
  const now = decision.authority.do === 'keep' ? kept : await readStored(work);
  const after = decideTrust(desired, now, others, options.now);
  for (const each of after.certificates) await makeCertificate(work, now, each);
  return { changes: [...first, ...certificateChanges(after)], notes: after.notes };
}

/**
 * The hosts are asked only while an authority is being replaced: at other times their answer
 * decides nothing.
 */
async function readStored({ desired, ports }: Work): Promise<StoredTrust> {
  const kept = await storedTrust(desired, ports.secrets);
  return kept.authority.certificates.length > 1 ? { ...kept, installed: await askHosts(ports.installed) } : kept;
}

async function askHosts(installed: InstalledTrust | undefined): Promise<Installed> {
  const [aws, gcp] = await Promise.all([installed?.on('aws'), installed?.on('gcp')]);
  return { aws, gcp };
}

async function missingSecrets(known: readonly KnownSecret[], store: SecretStore, rotate: ReadonlySet<string>): Promise<TrustChange[]> {
  const there = await store.describe(known.map(({ parameter }) => parameter));
  return secretChanges(known, new Set(Object.keys(there)), rotate);
}

async function makeSecrets(known: readonly KnownSecret[], { ports, progress }: Work, changes: readonly TrustChange[]): Promise<void> {
  for (const { name, parameter } of known) {
    if (!changes.some(({ what }) => what === name)) continue;
    progress(`making ${name}`);
    await ports.secrets.put(parameter, Secret.of(randomBytes(36).toString('base64url')), 'secret');
  }
}

async function makeAuthority(work: Work, kept: StoredTrust, step: AuthorityStep): Promise<void> {
  if (step.do === 'keep') return;
  if (step.do === 'ask') throw unusable(step.reason);
  work.progress(step.do === 'retire' ? 'ending the trust in the old authority' : 'making the authority');
  if (step.do === 'retire') return writeAuthority(work, without(kept, step.keyIds));
  const keys = step.do === 'make' ? [...kept.keys, await newKey()] : kept.keys;
  const uncertified = keys.filter(({ keyId }) => !kept.certificates.some((each) => each.keyId === keyId));
  const made = await Promise.all(uncertified.map((key) => certifyAuthority(key, work.desired.authority.commonName, work.now)));
  await writeAuthority(work, { keys, pems: [...kept.certificates.map(({ pem }) => pem), ...made] });
}

interface AuthorityTexts {
  readonly keys: StoredTrust['keys'];
  readonly pems: readonly string[];
}

function without({ keys, certificates }: StoredTrust, keyIds: readonly string[]): AuthorityTexts {
  const stays = ({ keyId }: { keyId: string }) => !keyIds.includes(keyId);
  return { keys: keys.filter(stays), pems: certificates.filter(stays).map(({ pem }) => pem) };
}

/** Keys first, always; lib/pki/authority.ts says why. */
async function writeAuthority({ desired, ports }: Work, { keys, pems }: AuthorityTexts): Promise<void> {
  const { parameters } = desired.authority;
  await ports.secrets.put(parameters.key, Secret.of(keys.map(({ pem }) => pem.reveal()).join('')), 'secret');
  await ports.secrets.put(parameters.certificate, Secret.of(pems.join('')), 'plain');
}

async function makeCertificate(work: Work, kept: StoredTrust, { certificate, action }: CertificateDecision): Promise<void> {
  if (action === 'keep') return;
  work.progress(`making the ${certificate.title}`);
  const signer = signerOf(kept, work.now);
  const key = kept.keys.find(({ keyId }) => keyId === signer?.keyId);
  const signing = kept.certificates.find(({ keyId }) => keyId === signer?.keyId);
  if (!key || !signing) throw unusable('its key is missing');
  const made = await issue(certificate, { key, certificate: signing.pem }, work.now);
  await work.ports.secrets.put(certificate.parameters.key, made.key.pem, 'secret');
  await work.ports.secrets.put(certificate.parameters.certificate, Secret.of(made.certificate), 'plain');
}

function unusable(reason: string): DojangError {
  return new DojangError('authority-unusable', `the private authority can sign nothing: ${reason.replace(/^its/, 'the')}`, {
    why: 'Certificates that end cannot be renewed. A new authority is made only when the operator asks for it.',
    next: 'dojang wire --rotate ca, then dojang provision',
  });
}
