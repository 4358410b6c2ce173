/**
 * The internet as it is asked from here: what a name resolves to, and whether the certificate
 * authority answers.
 */
import { Resolver } from 'node:dns/promises';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { Internet } from '../../../lib/ports/preflight.ts';

/** https://letsencrypt.org/docs/acme-protocol-updates/ */
const directory = 'https://acme-v02.api.letsencrypt.org/directory';
/** Milliseconds. */
const limit = 5000;
/** The name does not exist, or has no address of this kind. */
const nothing = new Set(['ENOTFOUND', 'ENODATA']);

const real: Internet = {
  async resolve(name) {
    const resolver = new Resolver({ timeout: limit, tries: 1 });
    const answers = await Promise.all([orNone(resolver.resolve4(name)), orNone(resolver.resolve6(name))]);
    return answers.flat();
  },
  async authority() {
    try {
      return (await fetch(directory, { signal: AbortSignal.timeout(limit) })).status;
    } catch (error) {
      throw new DojangError('unreachable', `not reached from here: ${messageOf(error)}`);
    }
  },
};

export const internet = (): Internet => real;

async function orNone(answer: Promise<string[]>): Promise<string[]> {
  try {
    return await answer;
  } catch (error) {
    if (nothing.has((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw new DojangError('no-dns', `no name server answers: ${messageOf(error)}`);
  }
}
