/** Comments of one pull or merge request: what a forge must offer for a comment that stays one. */

import type { TextLimit } from '../../../lib/cost/review/formats/fit.ts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import { plural } from '../../../lib/values/counted.ts';

export interface PostedComment {
  readonly id: number;
  readonly body: string;
  /** Name of the account; undefined when it is gone. */
  readonly author: string | undefined;
  readonly url: string;
}

export interface Comments {
  /** The longest text that it takes. */
  readonly limit: TextLimit;
  /** Name of the account that the token writes as. */
  self(): Promise<string>;
  /** All there are, the oldest first. */
  list(): Promise<readonly PostedComment[]>;
  add(body: string): Promise<PostedComment>;
  update(id: number, body: string): Promise<PostedComment>;
}

/** Variables of a CI, as they are set. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** @throws DojangError `no-ci` naming the variables that are missing. */
export function required<Name extends string>(variables: Variables, names: readonly Name[], next: string): Record<Name, string> {
  const missing = names.filter((name) => !variables[name]);
  if (missing.length > 0) {
    throw new DojangError('no-ci', `${missing.join(', ')} ${plural(missing.length, 'is', 'are')} not set`, {
      why: 'The variables of the CI say where to post, and with which token.',
      next,
    });
  }
  return Object.fromEntries(names.map((name) => [name, variables[name] ?? ''])) as Record<Name, string>;
}

/** What the forge answered, in words that say what to do about it. */
export async function asking<T>(forge: string, rights: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const status = statusOf(cause);
    const denied = status === 401 || status === 403 || status === 404;
    throw new DojangError(
      'not-posted',
      `${forge} did not take the comment: ${status ? `${status} ` : ''}${messageOf(cause).split('\n')[0]}`,
      {
        next: denied ? rights : 'run it again, or write the comment to a file with --output',
        cause,
      },
    );
  }
}

function statusOf(cause: unknown): number | undefined {
  const { status, cause: inner } = cause as {
    readonly status?: unknown;
    readonly cause?: { readonly response?: { readonly status?: unknown } };
  };
  const found = status ?? inner?.response?.status;
  return typeof found === 'number' ? found : undefined;
}
