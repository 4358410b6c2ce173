/** What a recipe needs to know that stands in no configuration. */

import type { Environment } from '../config/environment.ts';
import { gcpDataDeviceName } from '../config/names.ts';
import type { Addresses } from '../wiring/desired.ts';

/** Another certificate authority than Let's Encrypt that speaks ACME. */
export interface AcmeAuthority {
  /** URL of its directory. */
  readonly directory: string;
  /**
   * The root that the directory's own certificate is signed by, in PEM. Hosts trust it for nothing
   * else.
   */
  readonly root: string;
}

export interface HostFacts {
  readonly addresses: Addresses;
  /** How people reach the service, without a slash at the end. */
  readonly publicUrl: string;
  /**
   * Whether the hosts are the embedded ones: containers on one machine, without the devices and
   * services of a cloud.
   */
  readonly embedded: boolean;
  /**
   * Device of the data volume, as the machine shows it: only a disk at this place is ever formatted
   * or mounted.
   */
  readonly dataDevices: { readonly aws: string; readonly gcp: string };
  /** Where releases come from, and where dumps and binary logs go. */
  readonly artifactBucket: string;
  /** Addresses that the rate limits do not count, like that of a load test. */
  readonly unlimitedClients: readonly string[];
  /** Whether the model's endpoint wants a key: there is a parameter for it. */
  readonly modelKey: boolean;
  /** Who signs for the domain with `tls: 'letsencrypt'`. @default Let's Encrypt */
  readonly acme?: AcmeAuthority;
}

/** What is known of a deployed environment. */
export interface KnownFacts extends Partial<Omit<HostFacts, 'dataDevices'>> {
  readonly addresses: Addresses;
  readonly artifactBucket: string;
  /** Output `DataVolumeId` of the addresses stack, like `vol-0abc`. */
  readonly dataVolumeId: string;
}

/** @default real hosts, reached by their domain or else by the AWS address */
export function hostFacts({ domain }: Environment, known: KnownFacts): HostFacts {
  const { addresses, artifactBucket, embedded = false, unlimitedClients = [], modelKey = false, acme, dataVolumeId } = known;
  return {
    addresses,
    publicUrl: known.publicUrl ?? `https://${domain ?? addresses.aws}`,
    artifactBucket,
    embedded,
    unlimitedClients,
    modelKey,
    ...(acme && { acme }),
    dataDevices: { aws: awsDataDevice(dataVolumeId), gcp: gcpDataDevice(gcpDataDeviceName) },
  };
}

/** Stand-ins by which a recipe can be shown before anything is deployed. */
export function factsBeforeDeployment(environment: Environment): HostFacts {
  return hostFacts(environment, {
    addresses: { aws: 'aws-address', gcp: 'gcp-address' },
    dataVolumeId: 'vol-id',
    artifactBucket: 'artifact-bucket',
  });
}

/**
 * A Nitro machine shows a volume as an NVMe disk that has the volume's id, without its hyphen, as
 * serial number.
 */
export function awsDataDevice(volumeId: string): string {
  return `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${volumeId.replace('-', '')}`;
}

/** Google's guest agent names a disk by the device name that it is attached with. */
export function gcpDataDevice(deviceName: string): string {
  return `/dev/disk/by-id/google-${deviceName}`;
}
