/** Names that more than one room must agree on, all derived from the environment. */
import type { Environment } from './environment.ts';

/** The environment that runs on the embedded clouds, and costs nothing. */
export function isLocal({ name }: Pick<Environment, 'name'>): boolean {
  return name === 'local';
}

/**
 * Pulumi names of the GCP resources that hold data, an address or the machine: what approvals name.
 */
export const gcpResources = { address: 'ai-address', data: 'ai-data', machine: 'ai-machine' } as const;

/** Under this name the data disk is attached: the machine finds it by it. */
export const gcpDataDeviceName = 'ai-data';

/**
 * Namespace of the metrics that the CloudWatch agent sends by default (CloudWatch User Guide, agent
 * configuration).
 */
export const agentNamespace = 'CWAgent';

/**
 * Stand for the addresses before a deployment; from a range that documentation may use (RFC 5737).
 */
export const unknownAddresses = { aws: '192.0.2.1', gcp: '192.0.2.2' } as const;

/** The CDK stacks in the order they depend on each other: L0 addresses, L1 network, L2 host. */
export function stackNames({ prefix }: Pick<Environment, 'prefix'>) {
  return { addresses: `${prefix}-addresses`, network: `${prefix}-network`, host: `${prefix}-host` } as const;
}

/** Names of what wiring looks up on either side. */
export function wiringNames({ prefix }: Pick<Environment, 'prefix'>) {
  return {
    /** AWS security group of the host. */
    hostGroup: `${prefix}-host`,
    /** GCP network, and the firewall rules on it. */
    network: `${prefix}-network`,
    aiFirewall: `${prefix}-ai`,
    sshFirewall: `${prefix}-ssh`,
  } as const;
}

/** SSM parameters that hold the other side's address. */
export function endpointParameters({ service, name }: Pick<Environment, 'service' | 'name'>) {
  const root = `/${service}/${name}/endpoints`;
  return { aws: `${root}/aws-address`, gcp: `${root}/gcp-address`, ai: `${root}/ai-url` } as const;
}

/**
 * SSM parameters of what is secret or signed. Those under `aws` and `gcp` may be read by that host
 * alone; the authority's key by operators alone. Keys, passwords and secrets are SecureStrings,
 * certificates plain ones.
 */
export function trustParameters({ service, name }: Pick<Environment, 'service' | 'name'>) {
  const root = `/${service}/${name}`;
  const on = <Name extends string>(host: string, names: readonly Name[]) =>
    Object.fromEntries(names.map((each) => [each, `${root}/${host}/${each}`])) as Record<Name, string>;
  return {
    ca: on('trust', ['ca-certificate', 'ca-key']),
    aws: on('aws', [
      'peer-certificate',
      'peer-key',
      'site-certificate',
      'site-key',
      'mysql-api',
      'mysql-migrate',
      'mysql-backup',
      'session-secret',
      'oidc-client-secret',
    ]),
    gcp: on('gcp', ['peer-certificate', 'peer-key', 'model-key']),
  } as const;
}

/** Name of the GPU machine among the nodes that Systems Manager manages. */
export function managedNodeName({ prefix }: Pick<Environment, 'prefix'>): string {
  return `${prefix}-ai`;
}

/** A leaf certificate, by its name as a metric and in its alarm. */
export type CertificateName = 'aws-peer' | 'gcp-peer' | 'site';

/** The leaf certificates of an environment; that of the GPU machine only where there is one. */
export function certificateNames({ runpod }: Pick<Environment, 'runpod'>): CertificateName[] {
  return runpod ? ['aws-peer', 'site'] : ['aws-peer', 'site', 'gcp-peer'];
}

/**
 * CloudWatch metric of the days left. Its namespace is the environment's own: no host may report
 * into that of another.
 */
export function certificateMetric({ prefix }: Pick<Environment, 'prefix'>) {
  return { namespace: prefix, name: 'CertificateDaysLeft', dimension: 'Certificate' } as const;
}

/** Cost-allocation tags (AWS) and labels (GCP) of everything in an environment. */
export function costTags({ service, name, owner }: Pick<Environment, 'service' | 'name' | 'owner'>): Record<string, string> {
  return { service, environment: name, owner, 'managed-by': 'dojang' };
}
