/**
 * Keys and certificates: made, signed and read with WebCrypto. What is to be in them is decided in
 * lib/pki.
 */
import 'reflect-metadata';
import { createPrivateKey, createPublicKey, X509Certificate as NodeCertificate, randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { CertificateFacts } from '../../lib/pki/certificate.ts';
import { type DesiredCertificate, lifetimes } from '../../lib/pki/desired.ts';
import { Secret } from '../../lib/values/secret.ts';

cryptoProvider.set(webcrypto);

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signature = { name: 'ECDSA', hash: 'SHA-256' } as const;
const day = 86_400_000;
/** Clocks differ: what was made just now must hold for a host that is a little behind. */
const backdated = 5 * 60_000;

/** A private key in PKCS#8 PEM, and the identifier by which certificates name it. */
export interface PrivateKey {
  readonly keyId: string;
  readonly pem: Secret;
}

export interface Authority {
  readonly key: PrivateKey;
  /** PEM. */
  readonly certificate: string;
}

export async function newKey(): Promise<PrivateKey> {
  const { privateKey } = await webcrypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  return privateKeyOf(pemOf('PRIVATE KEY', der));
}

/** The keys of a PEM text in their order; what cannot be read is left out. */
export async function readKeys(text: Secret): Promise<PrivateKey[]> {
  const keys = await Promise.all(blocks(text.reveal(), 'PRIVATE KEY').map((pem) => privateKeyOf(pem).catch(() => undefined)));
  return keys.filter((key) => key !== undefined);
}

/** The certificates of a PEM text in their order; what cannot be read is left out. */
export async function readCertificates(text: string): Promise<(CertificateFacts & { readonly pem: string })[]> {
  const read = await Promise.all(blocks(text, 'CERTIFICATE').map((pem) => factsOf(pem).catch(() => undefined)));
  return read.filter((facts) => facts !== undefined);
}

/**
 * The certificate that makes this key an authority: it signs for hosts, and no further authority.
 */
export async function certifyAuthority(key: PrivateKey, commonName: string, now: Date): Promise<string> {
  const keys = await pairOf(key);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(now, new Date(now.getTime() + lifetimes.authority * day)),
    serialNumber: serial(),
    // A part of the key's identifier, so that two authorities have different names.
    name: `CN=${commonName} ${key.keyId.slice(0, 8)}`,
    keys,
    signingAlgorithm: signature,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/**
 * A new key and its certificate, signed by the authority. It ends with the authority at the latest.
 */
export async function issue(
  desired: Pick<DesiredCertificate, 'commonName' | 'names' | 'use'>,
  authority: Authority,
  now: Date,
): Promise<{ key: PrivateKey; certificate: string }> {
  const key = await newKey();
  const [own, signer] = await Promise.all([pairOf(key), pairOf(authority.key)]);
  const issuer = new X509Certificate(authority.certificate);
  const end = Math.min(now.getTime() + lifetimes.leaf * day, issuer.notAfter.getTime());
  const certificate = await X509CertificateGenerator.create({
    ...validity(now, new Date(end)),
    serialNumber: serial(),
    // As data: written as text, a name with a comma would be two.
    subject: [{ CN: [desired.commonName] }],
    issuer: issuer.subject,
    publicKey: own.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: signature,
    extensions: await leafExtensions(desired, own.publicKey, signer.publicKey),
  });
  return { key, certificate: `${certificate.toString('pem')}\n` };
}

async function leafExtensions(
  desired: Pick<DesiredCertificate, 'names' | 'use'>,
  own: webcrypto.CryptoKey,
  signer: webcrypto.CryptoKey,
): Promise<Extension[]> {
  const use = desired.use === 'client' ? ExtendedKeyUsage.clientAuth : ExtendedKeyUsage.serverAuth;
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([use]),
    new SubjectAlternativeNameExtension(desired.names.map(generalName)),
    await SubjectKeyIdentifierExtension.create(own),
    await AuthorityKeyIdentifierExtension.create(signer),
  ];
}

function generalName(name: string): JsonGeneralName {
  const [kind = '', value = ''] = name.split(/:(.*)/);
  return { type: kind === 'IP' ? 'ip' : 'dns', value };
}

function validity(now: Date, notAfter: Date) {
  return { notBefore: new Date(now.getTime() - backdated), notAfter };
}

/** Positive and at most 20 bytes, as RFC 5280 asks. */
function serial(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}

async function pairOf({ pem }: PrivateKey): Promise<webcrypto.CryptoKeyPair> {
  const key = createPrivateKey(pem.reveal());
  return {
    privateKey: key.toCryptoKey(curve, true, ['sign']),
    publicKey: createPublicKey(key).toCryptoKey(curve, true, ['verify']),
  };
}

async function privateKeyOf(pem: string): Promise<PrivateKey> {
  const der = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' });
  return { keyId: hex(await new PublicKey(der).getKeyIdentifier()), pem: Secret.of(pem) };
}

async function factsOf(pem: string): Promise<CertificateFacts & { readonly pem: string }> {
  const certificate = new X509Certificate(pem);
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  return {
    pem,
    commonName: certificate.subjectName.getField('CN')[0] ?? '',
    names: names.map(({ type, value }) => `${type.toUpperCase()}:${value}`),
    notAfter: certificate.notAfter,
    keyId: hex(await certificate.publicKey.getKeyIdentifier()),
    issuerKeyId: certificate.getExtension(AuthorityKeyIdentifierExtension)?.keyId ?? '',
    fingerprint: new NodeCertificate(pem).fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

function blocks(text: string, label: string): string[] {
  return [...text.matchAll(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`, 'g'))].map(([block]) => `${block}\n`);
}

function pemOf(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function hex(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex');
}
