/** State of a host in its cloud: all that the machine here has to follow. */
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { Rule } from '../../../../lib/wiring/rule.ts';
import type { HostNode } from '../files.ts';

export interface Disk {
  readonly id: string;
  readonly gib: number;
  /** Where a machine shows it, by an id of the cloud. */
  readonly device: string;
}

export interface CloudMachine {
  /** Another id is another machine. */
  readonly id: string;
  readonly hostname: string;
  readonly isRunning: boolean;
  /** The static address; undefined until it is associated. */
  readonly address?: string;
  /** The data disk; undefined until it is attached. */
  readonly disk?: Disk;
  /** What others know the machine by. */
  readonly names: Pick<HostNode, 'instanceId' | 'instanceName' | 'zone' | 'project'>;
}

export interface CloudView {
  readonly machine?: CloudMachine;
  /** Ids of all data disks that the cloud has, attached or not. */
  readonly disks: readonly string[];
  /** Rules that hold for the machine. */
  readonly rules: readonly Rule[];
}

/** One cloud. The embedded ones are the only implementations; a test brings its own. */
export interface HostCloud {
  readonly host: HostName;
  /** Undefined when the cloud can't be asked at the moment: everything then stays as it is. */
  look(): Promise<CloudView | undefined>;
}
