/** Settings that the daemon of the hosts gets when it is started. */
export interface HostsSettings {
  /** `<service>-<environment>`, from which the machines' names come. */
  readonly prefix: string;
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
