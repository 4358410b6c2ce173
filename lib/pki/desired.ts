/** Which certificates an environment must have, and what is to be in them. */
import { renewalBegins } from '../config/certificates.ts';
import type { Environment } from '../config/environment.ts';
import type { Addresses } from '../wiring/desired.ts';
import type { LeafId } from './certificate.ts';

/** Names that the two hosts call each other by; apps/README.md. */
export const peerNames = { aws: 'api', gcp: 'ai' } as const;

/** Days. */
export const lifetimes = {
  authority: 3650,
  /**
   * The longest that clients took from public authorities when this was set: 398 days, of which
   * Chrome advises to use no more than 397
   * (https://chromium.googlesource.com/chromium/src/+/main/net/docs/certificate_lifetimes.md).
   * Later, shorter limits bind public authorities alone, and this one is private; Apple takes up to
   * 825 days from those (https://support.apple.com/103769).
   */
  leaf: 397,
  /** A certificate with less left is renewed. */
  renewal: renewalBegins['own-ca'],
  /**
   * An authority with less left gets a warning, before what it signs lives no longer than itself.
   */
  authorityWarning: 500,
} as const;

export interface DesiredCertificate {
  readonly id: LeafId;
  /** Which host shows it. */
  readonly host: 'aws' | 'gcp';
  /** As shown in the terminal. */
  readonly title: string;
  readonly commonName: string;
  /** Subject alternative names, like `DNS:ai`. */
  readonly names: readonly string[];
  readonly use: 'client' | 'server';
  /** SSM parameters that hold it. */
  readonly parameters: { readonly certificate: string; readonly key: string };
}

export interface DesiredTrust {
  readonly authority: {
    /**
     * Start of its common name; a part of its key's identifier follows, so that no two authorities
     * share a name.
     */
    readonly commonName: string;
    readonly parameters: { readonly certificate: string; readonly key: string };
  };
  readonly certificates: readonly DesiredCertificate[];
}

/**
 * The private authority (EC P-256), the certificate that the AWS host shows as a client, the one
 * that the GCP host shows as a server and, with tls `own-ca`, the one of the site. `publicNames`
 * are further names that people reach the site by.
 */
export function desiredCertificates(environment: Environment, addresses: Addresses, publicNames: readonly string[] = []): DesiredTrust {
  const parameters = environment.names.parameters.trust;
  const { aws, gcp } = parameters;
  const peers: DesiredCertificate[] = [
    {
      id: 'aws-peer',
      host: 'aws',
      title: 'aws peer certificate',
      commonName: peerNames.aws,
      names: [`DNS:${peerNames.aws}`],
      use: 'client',
      parameters: { certificate: aws['peer-certificate'], key: aws['peer-key'] },
    },
    {
      id: 'gcp-peer',
      host: 'gcp',
      title: 'gcp peer certificate',
      commonName: peerNames.gcp,
      names: [`DNS:${peerNames.gcp}`, `IP:${addresses.gcp}`],
      use: 'server',
      parameters: { certificate: gcp['peer-certificate'], key: gcp['peer-key'] },
    },
  ];
  return {
    authority: {
      commonName: environment.names.authority,
      parameters: { certificate: parameters.ca['ca-certificate'], key: parameters.ca['ca-key'] },
    },
    certificates: environment.tls === 'own-ca' ? [...peers, siteCertificate(environment, addresses, publicNames)] : peers,
  };
}

function siteCertificate(environment: Environment, addresses: Addresses, publicNames: readonly string[]): DesiredCertificate {
  const { aws } = environment.names.parameters.trust;
  const names = [...(environment.domain ? [environment.domain] : []), addresses.aws, ...publicNames].map(alternativeName);
  return {
    id: 'site',
    host: 'aws',
    title: 'site certificate',
    commonName: environment.domain ?? environment.prefix,
    names: [...new Set(names)],
    use: 'server',
    parameters: { certificate: aws['site-certificate'], key: aws['site-key'] },
  };
}

function alternativeName(name: string): string {
  return /^\d+(\.\d+){3}$/.test(name) ? `IP:${name}` : `DNS:${name}`;
}
