/** Reads files of other revisions of this clone. The only one that runs git. */
import { execFileSync } from 'node:child_process';
import { DojangError } from '../../lib/errors.ts';
import { root } from './state.ts';

export interface Repository {
  /** The commit that a branch, tag or number names. @throws DojangError `unknown-revision`. */
  commit(revision: string): string;
  /** The newest commit that both come from. @throws DojangError `no-common-commit`. */
  commonCommit(one: string, other: string): string;
  /** Paths of the files right in a folder at a commit; empty when there is no such folder. */
  files(commit: string, folder: string): string[];
  /** Content of a file at a commit. */
  text(commit: string, path: string): string;
}

/** The repository that a folder is in; paths are taken from that folder. */
export function repositoryOf(folder = root): Repository {
  // A plan of 100,000 resources has some 100 MB.
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 30 });
  return {
    commit: (revision) =>
      told(() => git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).trim(), unknownRevision(revision)),
    commonCommit: (one, other) => told(() => git('merge-base', one, other).trim(), noCommonCommit(one, other)),
    files: (commit, path) =>
      git('ls-tree', '--name-only', '-z', commit, '--', `${path}/`)
        .split('\0')
        .filter((name) => name !== ''),
    text: (commit, path) => git('show', `${commit}:./${path}`),
  };
}

function told<T>(work: () => T, error: (cause: unknown) => DojangError): T {
  try {
    return work();
  } catch (cause) {
    throw error(cause);
  }
}

const unknownRevision = (revision: string) => (cause: unknown) =>
  new DojangError('unknown-revision', `git knows no revision ${JSON.stringify(revision)} here${reasonOf(cause)}`, {
    next: 'name a branch, tag or commit of this clone; in CI fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0)',
    cause,
  });

const noCommonCommit = (one: string, other: string) => (cause: unknown) =>
  new DojangError('no-common-commit', `${one.slice(0, 12)} and ${other.slice(0, 12)} have no commit in common here${reasonOf(cause)}`, {
    why: 'What a change does is seen from where it began.',
    next: 'fetch the whole history (git fetch --unshallow; in CI fetch-depth: 0, GIT_DEPTH: 0)',
    cause,
  });

function reasonOf(cause: unknown): string {
  const { code, stderr } = cause as { readonly code?: string; readonly stderr?: string };
  if (code === 'ENOENT') return ': there is no git command';
  const [line = ''] = (stderr ?? '').trim().split('\n');
  return line === '' ? '' : `: ${line}`;
}
