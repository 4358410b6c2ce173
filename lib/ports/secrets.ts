/**
 * The ports through which secrets and certificates are kept, and hosts are asked what they have of
 * them.
 */
import type { Secret } from '../values/secret.ts';
import type { HostName } from './host-shell.ts';

/** `secret`: encrypted where it lies. `plain`: certificates, which are public. */
export type ParameterKind = 'secret' | 'plain';

/** What is known of a parameter without reading it. */
export interface ParameterState {
  readonly kind: ParameterKind;
  readonly version: number;
  readonly changed?: Date;
}

/** Parameters by name. One that does not exist is missing from an answer. */
export interface SecretStore {
  read(names: readonly string[]): Promise<Readonly<Record<string, Secret>>>;
  put(name: string, value: Secret, kind: ParameterKind): Promise<void>;
  /** Never decrypts. */
  describe(names: readonly string[]): Promise<Readonly<Record<string, ParameterState>>>;
}

/** What a host has on its disk. */
export interface HostTrust {
  /** Key identifiers of the authorities that it trusts; none before it was provisioned. */
  readonly authorities: readonly string[];
  /** Fingerprints of what it shows. */
  readonly peer?: string;
  readonly site?: string;
}

export interface InstalledTrust {
  /** Undefined when the host cannot be asked. */
  on(host: HostName): Promise<HostTrust | undefined>;
}
