/**
 * `dojang secret`: stores secrets of the operator and lists which exist. Values are never shown.
 */

import { describeEnvironment } from '../../../lib/deployment/describe.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { givenSecret, type KnownSecret, secretFault, unusableSecret } from '../../../lib/pki/secrets.ts';
import type { ParameterState } from '../../../lib/ports/secrets.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { counted } from '../../../lib/values/counted.ts';
import type { Secret } from '../../../lib/values/secret.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { secretListAnswer, secretSetAnswer } from './answer.ts';

/**
 * Keeps a secret that was given.
 * @throws DojangError `unknown-secret`, `empty-secret`, `unusable-secret`
 */
export async function setSecret(
  { environment }: Context,
  clouds: () => Promise<Clouds>,
  name: string,
  read: () => Promise<Secret>,
): Promise<Outcome<DataOf<typeof secretSetAnswer>>> {
  const known = givenSecret(name, describeEnvironment(environment).secrets);
  const { parameter } = known;
  const { secrets } = await clouds();
  // The secret is asked for once it can be kept: this asks for the credentials and for nothing
  // else.
  await secrets.describe([]);
  const value = await read();
  if (value.isEmpty) {
    throw new DojangError('empty-secret', `nothing was given for ${name}`, { next: `dojang secret set ${name} < a-file-with-it` });
  }
  const fault = secretFault(known, value);
  if (fault !== undefined) throw unusableSecret(name, fault);
  await secrets.put(parameter, value, 'secret');
  const effect =
    known.host === 'operator' ? 'the next command uses it' : `dojang provision --env ${environment.name} brings it to the host`;
  return { format: secretSetAnswer, data: { name, parameter }, lines: [`${name} is kept; ${effect}`] };
}

/** Every secret beside the keys of certificates: whether it is there, its version and its age. */
export async function listSecrets(
  { environment }: Context,
  { secrets }: Clouds,
  now = new Date(),
): Promise<Outcome<DataOf<typeof secretListAnswer>>> {
  const { secrets: known } = describeEnvironment(environment);
  const states = await secrets.describe(known.map(({ parameter }) => parameter));
  const data = known.map((secret) => ({ ...secret, ...stateOf(states[secret.parameter]) }));
  const rows = known.map((secret) => secretRow(secret, states[secret.parameter], now));
  return { format: secretListAnswer, data, lines: tableLines([{}, { gap: 1, min: 18 }, { min: 26 }, {}], rows) };
}

function stateOf(state: ParameterState | undefined) {
  return { present: state !== undefined, version: state?.version, changed: state?.changed?.toISOString() };
}

function secretRow({ name, from, purpose }: KnownSecret, state: ParameterState | undefined, now: Date): string[] {
  const missing = from === 'given' ? `not set: dojang secret set ${name}` : 'not made yet: dojang wire';
  const status = state ? `version ${state.version}${ageText(state.changed, now)}` : missing;
  return [state ? '✓' : '·', name, status, purpose];
}

function ageText(changed: Date | undefined, now: Date): string {
  if (!changed) return '';
  const days = Math.floor((now.getTime() - changed.getTime()) / 86_400_000);
  return days < 1 ? ', of today' : `, ${counted(days, 'day')} old`;
}
