/** Values of the documentation that a real environment cannot have. */
import type { Environment } from '../config/environment.ts';

export interface Placeholder {
  /** Within the environment, like `aws.account`. */
  readonly path: string;
  readonly value: string;
}

/** Names that no one owns (RFC 2606). */
const exampleName = /(^|[.@])(example\.(com|net|org)|[a-z0-9-]+\.(example|test|invalid))$/i;
/** The account number and the billing account of the vendors' documentation. */
const exampleAccount = /^(123456789012|111122223333|012345-6789AB-CDEF01)$/;
/** Google's client ids begin with the number of their project. */
const googleClient = /^(?!\d+-).*\.apps\.googleusercontent\.com$/;

/** What of the environment was never filled in; empty when it is one's own. */
export function placeholdersOf({ contact, domain, aws, gcp, signIn }: Environment): Placeholder[] {
  const values: (readonly [string, string | undefined, RegExp])[] = [
    ['contact', contact, exampleName],
    ['domain', domain, exampleName],
    ['aws.account', aws.account, exampleAccount],
    ['gcp.billingAccount', gcp.billingAccount, exampleAccount],
    ['signIn.issuer', signIn && new URL(signIn.issuer).hostname, exampleName],
    ['signIn.clientId', signIn?.clientId, googleClient],
  ];
  return values.flatMap(([path, value, pattern]) => (value !== undefined && pattern.test(value) ? [{ path, value }] : []));
}
