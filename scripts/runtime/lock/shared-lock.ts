/** The lock of an environment, taken once the bucket is there that it lies in. */
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { failedError } from '../../../lib/lock/lock.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { Reporter } from '../../../lib/ports/reporter.ts';
import type { Operator } from '../../io/operator.ts';
import { type HeldLock, holdLock } from './hold.ts';

export interface EnvironmentLock {
  /**
   * Takes the lock, or makes sure that it is still held. Before the first deployment there is no
   * bucket, and CloudFormation lets one command at a time make it.
   * @throws DojangError `locked`, `lock-lost`
   */
  ensure(aws: Pick<AwsCloud, 'outputs' | 'lockStore' | 'auditStore'>): Promise<void>;
  /** @throws DojangError `lock-lost`; not before it was taken */
  requireHeld(): void;
  /** Gives it back; one that cannot be given back expires. */
  release(): Promise<void>;
}

/** A reporter under which no task begins once the lock is lost. */
export function underLock(report: Reporter, lock: Pick<EnvironmentLock, 'requireHeld'>): Reporter {
  return {
    ...report,
    async task(name, work, done) {
      lock.requireHeld();
      return report.task(name, work, done);
    },
  };
}

export interface SharedLockOptions {
  readonly environment: Environment;
  readonly report: Pick<Reporter, 'task' | 'note'>;
  readonly verb: string;
  readonly operator: Operator;
  /** Different each time that a lock is taken. */
  readonly id: string;
  /** Ids of locks whose processes have ended on this machine. */
  readonly dead: readonly string[];
  /** How long to wait for another command. Seconds. */
  readonly waitSeconds: number;
  readonly now: Date;
}

export function sharedLock(options: SharedLockOptions): EnvironmentLock {
  const { environment, report, verb, operator, id, dead, waitSeconds, now } = options;
  const record = { id, ...operator, verb, since: now.toISOString() };
  let held: HeldLock | undefined;
  let taking: Promise<void> | undefined;
  const take = async (aws: Pick<AwsCloud, 'outputs' | 'lockStore'>) => {
    const { ArtifactBucket: bucket } = await aws.outputs([environment.names.stacks.addresses]);
    if (!bucket) return;
    const hold = (progress: (text: string) => void) =>
      holdLock(aws.lockStore(bucket), { environment: environment.name, record, waitSeconds, dead }, progress);
    try {
      held = waitSeconds > 0 ? await report.task('lock', hold) : await hold(() => undefined);
    } catch (error) {
      throw error instanceof DojangError ? error : failedError(environment.name, bucket, error);
    }
  };
  return {
    async ensure(aws) {
      if (held) return held.requireHeld();
      taking ??= take(aws).finally(() => {
        taking = undefined;
      });
      return taking;
    },
    requireHeld: () => held?.requireHeld(),
    async release() {
      await held?.release().catch(() => report.note('the lock could not be given back; it expires by itself'));
      held = undefined;
    },
  };
}
