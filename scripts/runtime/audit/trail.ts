/** The audit record of the command that runs, written to the bucket once there is one. */
import { type AuditRecord, auditKey, auditText, auditWords } from '../../../lib/audit/record.ts';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { AuditStore } from '../../../lib/ports/audit.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { Reporter } from '../../../lib/ports/reporter.ts';
import type { Operator } from '../../io/operator.ts';
import type { EnvironmentLock } from '../lock/shared-lock.ts';

type AuditCloud = Pick<AwsCloud, 'outputs' | 'auditStore'>;

export interface TrailOptions {
  readonly environment: Environment;
  readonly report: Pick<Reporter, 'note'>;
  readonly verb: string;
  /** What was typed after `dojang`. */
  readonly words: readonly string[];
  readonly operator: Operator;
  readonly id: string;
  readonly commit: string | undefined;
  readonly now: () => Date;
}

/** None of it fails a command: a record that cannot be written is a note. */
export interface AuditTrail {
  /** Writes once that it has begun, as soon as there is a bucket. */
  begin(aws: AuditCloud): Promise<void>;
  /** Writes how it ended, where it was written that it has begun. */
  end(ending: Ending): Promise<void>;
}

interface Ending {
  /** What was thrown, or the failure that was answered; undefined when all went well. */
  readonly error?: unknown;
  /** Exit status of what was run on a host. */
  readonly status?: number;
}

export function auditTrail({ environment, report, verb, words, operator, id, commit, now }: TrailOptions): AuditTrail {
  const record: AuditRecord = {
    ...{ version: 1, id, environment: environment.name, verb, words: auditWords(words), owner: operator.owner, host: operator.host },
    ...(commit !== undefined && { commit }),
    began: now().toISOString(),
  };
  const key = auditKey(record);
  let state: 'no bucket' | 'given up' | AuditStore = 'no bucket';
  let beginning: Promise<void> | undefined;
  const begin = async (aws: AuditCloud) => {
    if (state !== 'no bucket') return;
    try {
      const { ArtifactBucket: bucket } = await aws.outputs([environment.names.stacks.addresses]);
      if (!bucket) return;
      const store = aws.auditStore(bucket);
      await store.write(key, auditText(record));
      state = store;
    } catch {
      state = 'given up';
      report.note('the audit record could not be written to the artifact bucket; the command goes on without one');
    }
  };
  return {
    begin(aws) {
      beginning ??= begin(aws).finally(() => {
        beginning = undefined;
      });
      return beginning;
    },
    async end(ending) {
      if (typeof state === 'string') return;
      const whole = { ...record, ended: now().toISOString(), ...outcomeOf(ending) };
      // Whatever an environment held may be gone with it.
      const warn = () => verb !== 'down' && report.note(`how the command ended could not be written to ${key}`);
      await state.write(key, auditText(whole)).catch(warn);
    },
  };
}

function outcomeOf({ error, status }: Ending): Pick<AuditRecord, 'outcome' | 'code' | 'status'> {
  const ended = status === undefined ? {} : { status };
  if (error === undefined) return { outcome: 'done', ...ended };
  return { outcome: 'failed', code: error instanceof DojangError ? error.code : 'unexpected', ...ended };
}

/** A lock under which a record begins as soon as it is held. */
export function auditedLock(lock: EnvironmentLock, trail: AuditTrail): EnvironmentLock {
  return {
    ...lock,
    async ensure(aws) {
      await lock.ensure(aws);
      await trail.begin(aws);
    },
  };
}
