/**
 * Secrets and certificates in SSM parameters. SecureStrings are encrypted with the account's own
 * key of Systems Manager.
 */
import { GetParametersCommand, type Parameter, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Environment } from '../../../lib/config/environment.ts';
import type { ParameterKind, ParameterState, SecretStore } from '../../../lib/ports/secrets.ts';
import { Secret } from '../../../lib/values/secret.ts';
import type { Connection } from '../connection.ts';
import { requireAccount } from './account.ts';
import { type AwsClients, awsClients } from './clients.ts';

/** The most names that SSM takes at once. */
const atOnce = 10;
const types = { secret: 'SecureString', plain: 'String' } as const;

/**
 * Every operation first makes sure that the credentials belong to the environment's account.
 * @throws DojangError (from each operation) `no-credentials`, `wrong-account`
 */
export function awsSecretStore(environment: Environment, connection: Connection): SecretStore {
  const clients = awsClients(environment, connection);
  const account = requireAccount({ environment, clients });
  return {
    async read(names) {
      await account();
      const found = await getAll(clients, names, { decrypt: true });
      return Object.fromEntries(found.map(({ Name = '', Value = '' }) => [Name, Secret.of(Value)]));
    },
    async put(name, value, kind) {
      await account();
      await clients.ssm.send(new PutParameterCommand({ Name: name, Value: value.reveal(), Type: types[kind], Overwrite: true }));
    },
    async describe(names) {
      await account();
      const found = await getAll(clients, names, { decrypt: false });
      return Object.fromEntries(found.map((parameter) => [parameter.Name ?? '', stateOf(parameter)]));
    },
  };
}

async function getAll({ ssm }: AwsClients, names: readonly string[], { decrypt }: { readonly decrypt: boolean }): Promise<Parameter[]> {
  const starts = Array.from({ length: Math.ceil(names.length / atOnce) }, (_, index) => index * atOnce);
  const groups = starts.map((start) => names.slice(start, start + atOnce));
  const answers = await Promise.all(groups.map((Names) => ssm.send(new GetParametersCommand({ Names, WithDecryption: decrypt }))));
  return answers.flatMap(({ Parameters = [] }) => Parameters);
}

function stateOf({ Type, Version, LastModifiedDate }: Parameter): ParameterState {
  const kind: ParameterKind = Type === 'SecureString' ? 'secret' : 'plain';
  return { kind, version: Version ?? 0, changed: LastModifiedDate };
}
