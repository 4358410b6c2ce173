/** Which option of `dojang init` a fault of the written configuration comes from. */

import { DojangError } from '../errors/dojang-error.ts';
import { tableLines } from '../text/table.ts';
import { plural } from '../values/counted.ts';
import type { ConfigFault } from './faults.ts';
import type { TemplateInput } from './template.ts';

/** The settings that an option ends up in; the first is its own, the others are derived from it. */
const settingsOf: Readonly<Record<keyof TemplateInput, readonly string[]>> = {
  name: ['name', 'environments.local.gcp.project', 'environments.prod.signIn.clientId'],
  owner: ['owner'],
  contact: ['environments.prod.contact', 'environments.local.contact'],
  domain: ['environments.prod.domain'],
  account: ['environments.prod.aws.account'],
  project: ['environments.prod.gcp.project'],
  billingAccount: ['environments.prod.gcp.billingAccount'],
};

/**
 * @returns one error that names each wrong option once; undefined when a fault comes from no option
 */
export function wrongOptions(faults: readonly ConfigFault[]): DojangError | undefined {
  const options = Object.entries(settingsOf).flatMap(([option, settings]) => {
    const [fault] = settings.flatMap((setting) => faults.filter(({ path }) => path === setting));
    return fault ? { option: `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, message: fault.message } : [];
  });
  const explained = new Set(Object.values(settingsOf).flat());
  if (options.length === 0 || faults.some(({ path }) => !explained.has(path))) return undefined;
  const lines = tableLines(
    [{}, { gap: 3 }],
    options.map(({ option, message }) => [option, message]),
  );
  const count = plural(options.length, 'an option is', `${options.length} options are`);
  return new DojangError('wrong-options', `${count} wrong, and nothing was written\n${lines.join('\n')}`, {
    next: 'correct what is listed above, then run dojang init again',
  });
}
