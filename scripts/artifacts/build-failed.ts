/** Sources that a bundler refuses. */
import { stripVTControlCharacters } from 'node:util';
import { DojangError, messageOf } from '../../lib/errors/dojang-error.ts';
import type { App } from '../../lib/release/artifact.ts';

const shownLines = 20;

/** What the bundling throws, as an error of its own. @throws DojangError `build-failed` */
export async function orBuildFailed<Result>(app: App, bundling: Promise<Result>): Promise<Result> {
  return bundling.catch((cause: unknown) => {
    const said = stripVTControlCharacters(messageOf(cause))
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '');
    throw new DojangError('build-failed', `${app} could not be built`, {
      why: `What serves is untouched. The bundler said:\n${said
        .slice(0, shownLines)
        .map((line) => `    ${line}`)
        .join('\n')}`,
      next: `mend apps/${app}, then run the same command again`,
      cause,
    });
  });
}
