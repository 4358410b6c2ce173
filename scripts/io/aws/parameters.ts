/** SSM parameters: the values that one side publishes for the other. */
import { DeleteParametersCommand, GetParametersCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Outputs } from '../../../lib/ports/outputs.ts';
import type { AwsContext } from './aws-context.ts';

/** The most names that SSM takes at once. */
const atOnce = 10;

/** Values by name; a parameter that does not exist is missing. */
export async function readParameters({ clients }: AwsContext, names: readonly string[]): Promise<Outputs> {
  const answers = await Promise.all(inGroups(names).map((Names) => clients.ssm.send(new GetParametersCommand({ Names }))));
  const found = answers.flatMap(({ Parameters = [] }) => Parameters);
  return Object.fromEntries(found.map(({ Name = '', Value = '' }) => [Name, Value]));
}

/** Writes only what differs: each write makes a new version, and SSM keeps a hundred. */
export async function putParameter(site: AwsContext, name: string, value: string): Promise<void> {
  const { [name]: current } = await readParameters(site, [name]);
  if (current === value) return;
  await site.clients.ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true }));
}

/** A parameter that does not exist is no fault. */
export async function deleteParameters({ clients }: AwsContext, names: readonly string[]): Promise<void> {
  await Promise.all(inGroups(names).map((Names) => clients.ssm.send(new DeleteParametersCommand({ Names }))));
}

function inGroups(names: readonly string[]): string[][] {
  const groups = Array.from({ length: Math.ceil(names.length / atOnce) }, (_, index) => index * atOnce);
  return groups.map((start) => names.slice(start, start + atOnce));
}
