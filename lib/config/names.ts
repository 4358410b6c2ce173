/** Every name that is derived from an environment's identity, computed once when it is loaded. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What names depend on. */
export interface Identity {
  readonly service: string;
  readonly owner: string;
  /** `local`, `prod`, ... */
  readonly name: string;
  /** Whether the GPU is RunPod's, so that there is no GPU machine. */
  readonly runpod?: object | undefined;
}

/** A leaf certificate, by its name as a metric and in its alarm. */
export type CertificateName = 'aws-peer' | 'gcp-peer' | 'site';

export type Names = ReturnType<typeof namesOf>;

/** The environment that runs on the embedded clouds, and costs nothing. */
export function isLocal({ name }: Pick<Identity, 'name'>): boolean {
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

/** `<service>-<environment>`: what every derived name starts with. */
export function prefixOf({ service, name }: Pick<Identity, 'service' | 'name'>): string {
  return `${service}-${name}`;
}

export function namesOf(identity: Identity) {
  const prefix = prefixOf(identity);
  return {
    /** The CDK stacks in the order they depend on each other: L0 addresses, L1 network, L2 host. */
    stacks: { addresses: `${prefix}-addresses`, network: `${prefix}-network`, host: `${prefix}-host` },
    /** Exports of stacks that others import. */
    exports: {
      /**
       * The ARN of the artifact bucket, for the host's layer; a generated name would put a hash
       * into the acknowledged finding.
       */
      artifacts: `${prefix}-artifacts-arn`,
    },
    aws: awsNames(prefix),
    gcp: gcpNames(prefix),
    runpod: { endpoint: `${prefix}-ai` },
    parameters: parametersOf(identity),
    /** Start of the common name of the private authority. */
    authority: `${prefix} authority`,
    /** The GPU machine among the nodes that Systems Manager manages. */
    node: `${prefix}-ai`,
    /** The leaf certificates; that of the GPU machine only where there is one. */
    certificates: (identity.runpod ? ['aws-peer', 'site'] : ['aws-peer', 'site', 'gcp-peer']) as readonly CertificateName[],
    /**
     * CloudWatch metric of the days left. Its namespace is the environment's own: no host may
     * report into that of another.
     */
    certificateMetric: { namespace: prefix, name: 'CertificateDaysLeft', dimension: 'Certificate' },
    /** Cost-allocation tags (AWS) and labels (GCP) of everything in an environment. */
    tags: { service: identity.service, environment: identity.name, owner: identity.owner, 'managed-by': 'dojang' },
  } as const;
}

function awsNames(prefix: string) {
  return {
    /** Security group of the host, which wiring looks up. */
    hostGroup: `${prefix}-host`,
    /** By its name the snapshots find the volume. */
    dataVolume: `${prefix}-data`,
    /** One that was the data volume, and stays in the account until an operator deletes it. */
    formerVolume: `${prefix}-data-former`,
  } as const;
}

/** Names of what the GCP program makes; wiring looks up the network and its firewall rules. */
function gcpNames(prefix: string) {
  const ai = `${prefix}-ai`;
  return {
    network: `${prefix}-network`,
    subnet: `${prefix}-subnet`,
    aiFirewall: ai,
    sshFirewall: `${prefix}-ssh`,
    address: ai,
    machine: ai,
    dataDisk: `${ai}-data`,
    snapshots: `${ai}-data-daily`,
    account: accountId(prefix),
    budget: `${prefix}-gcp`,
    /** Channel that the budget warns by. */
    contact: `${prefix} contact`,
  } as const;
}

/**
 * Google's limit for the id of a service account; other names may have 63 characters, which no
 * prefix reaches.
 */
const longestAccountId = 30;

/**
 * A long prefix is cut; what distinguishes it from others with the same beginning is kept as six
 * characters of its hash.
 */
function accountId(prefix: string): string {
  const id = `${prefix}-ai`;
  if (id.length <= longestAccountId) return id;
  const hash = bytesToHex(sha256(utf8ToBytes(prefix))).slice(0, 6);
  return `${prefix.slice(0, longestAccountId - hash.length - '--ai'.length)}-${hash}-ai`;
}

/** Paths of SSM parameters. */
function parametersOf({ service, name }: Identity) {
  const root = `/${service}/${name}`;
  const on = <Name extends string>(host: string, names: readonly Name[]) =>
    Object.fromEntries(names.map((each) => [each, `${root}/${host}/${each}`])) as Record<Name, string>;
  return {
    /** The other side's address. */
    endpoints: { aws: `${root}/endpoints/aws-address`, gcp: `${root}/endpoints/gcp-address`, ai: `${root}/endpoints/ai-url` },
    /**
     * What is secret or signed. Those under `aws` and `gcp` may be read by that host alone; the
     * authority's key by operators alone. Keys, passwords and secrets are SecureStrings,
     * certificates plain ones.
     */
    trust: {
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
      /** Read by commands alone: beside the authority's key, where no host may read. */
      operator: on('trust', ['discord-webhook']),
    },
    /** A host's own, as a pattern of policies. */
    ofHost: { aws: `${root}/aws/*`, gcp: `${root}/gcp/*` },
  } as const;
}
