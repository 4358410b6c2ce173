import type { Names } from '../../../lib/config/names.ts';

/** Settings that the daemon of the hosts gets when it is started. */
export interface HostsSettings {
  /** Those of the environment, by which its machines and disks are found. */
  readonly names: Names;
  /** Region of the embedded AWS. */
  readonly region: string;
  /** Root of the host image. */
  readonly image: string;
  /** Folder of the embedded AWS. */
  readonly aws: string;
  /** Folder of the embedded GCP. */
  readonly gcp: string;
  /** Folder of the sign-in provider; its port is in `port.json`. */
  readonly signIn: string;
  /** Folder of the name server's records. */
  readonly dns: string;
}
