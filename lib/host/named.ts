/** A host by the name that an operator types. */
import { DojangError } from '../errors/dojang-error.ts';
import type { HostName } from '../ports/host-shell.ts';
import { hostNames } from './recipe.ts';

/** @throws DojangError `unknown-host`; it does not repeat the word, which may be a secret */
export function hostNamed(word: string): HostName {
  const found = hostNames.find((name) => name === word);
  if (found) return found;
  throw new DojangError('unknown-host', 'the name that was given is not one of a host', { next: `the hosts are: ${hostNames.join(', ')}` });
}
