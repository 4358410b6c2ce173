/** `dojang lock`: who is changing an environment, and a way out when that command has ended. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { holderText, type LockRecord, lockState, parseLock } from '../../../lib/lock/lock.ts';
import type { LockStore } from '../../../lib/ports/lock.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { lockReleaseAnswer, lockStatusAnswer } from './answer.ts';

/** @throws DojangError `not-deployed` before there is a bucket that it lies in */
export async function lockStatus({ environment }: Context, clouds: Clouds): Promise<Outcome<DataOf<typeof lockStatusAnswer>>> {
  const { name } = environment;
  const state = lockState(await (await storeOf({ environment }, clouds)).read());
  if (state.is !== 'held') {
    const data = { environment: name, locked: false };
    return { format: lockStatusAnswer, data, lines: [`${name} is not locked`] };
  }
  const secondsLeft = Math.ceil(state.secondsLeft);
  return {
    format: lockStatusAnswer,
    data: { environment: name, locked: true, holder: holderData(state.holder), secondsLeft },
    lines: [`${name} is locked by ${holderText(state.holder)}`, `  expires in ${secondsLeft} s unless it is renewed`],
  };
}

export interface ReleaseOptions {
  /** The operator has already agreed. */
  readonly yes: boolean;
  /** Asks the operator; returns false without a terminal. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/**
 * Removes the lock that is read, and no other: one that is taken meanwhile stays. The command that
 * held it begins no further step.
 * @throws DojangError `not-deployed`, `declined`
 */
export async function lockRelease(
  { environment }: Context,
  clouds: Clouds,
  { yes, confirm }: ReleaseOptions,
): Promise<Outcome<DataOf<typeof lockReleaseAnswer>>> {
  const { name } = environment;
  const store = await storeOf({ environment }, clouds);
  const stored = await store.read();
  if (!stored) return { format: lockReleaseAnswer, data: { environment: name, locked: false }, lines: [`${name} is not locked`] };
  const holder = parseLock(stored.text);
  if (!yes && !(await confirm(`Release the lock of ${name}, held by ${holderText(holder)}?`))) {
    throw new DojangError('declined', 'nothing was released', {
      next: `dojang lock release --env ${name} --yes releases it without asking`,
    });
  }
  await store.remove(stored.tag);
  return {
    format: lockReleaseAnswer,
    data: { environment: name, locked: true, holder: holderData(holder) },
    lines: [`the lock of ${name} is released; it was held by ${holderText(holder)}`],
  };
}

async function storeOf({ environment }: Pick<Context, 'environment'>, { aws }: Pick<Clouds, 'aws'>): Promise<LockStore> {
  const { addresses } = environment.names.stacks;
  const { ArtifactBucket: bucket } = await aws.outputs([addresses]);
  if (bucket) return aws.lockStore(bucket);
  throw new DojangError('not-deployed', `${addresses} has no artifact bucket yet, and so no lock`, {
    next: `dojang up --env ${environment.name}`,
  });
}

function holderData(holder: LockRecord | undefined) {
  if (!holder) return undefined;
  const { owner, host, process, verb, since } = holder;
  return { owner, host, process, verb, since };
}
