/** Reads files of other revisions of this clone. The only one that runs git. */
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { runSync } from './process/processes.ts';
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
  /** Every file below a folder at a commit, with its content, by its path in that folder. */
  texts(commit: string, folder: string): ReadonlyMap<string, string>;
}

/** What the working tree of a clone is at. */
export interface Checkout {
  readonly commit: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Files differ from the commit, or are new. */
  readonly uncommitted: boolean;
}

/** Undefined where the folder is in no repository, or git is missing. */
export function checkoutOf(folder = root): Checkout | undefined {
  const options = { cwd: folder, maxBytes: 2 ** 26 };
  try {
    const [commit = '', subject = ''] = runSync('git', ['log', '-1', '--format=%H%n%s'], options).stdout.split('\n');
    const { stdout } = runSync('git', ['status', '--porcelain', '--untracked-files=normal', '--', '.'], options);
    return { commit, subject, uncommitted: stdout !== '' };
  } catch {
    return undefined;
  }
}

/** The repository that a folder is in; paths are taken from that folder. */
export function repositoryOf(folder = root): Repository {
  // A plan of 100,000 resources has some 100 MB.
  const options = { cwd: folder, maxBytes: 2 ** 30 };
  const git = (...args: string[]) => runSync('git', args, options).stdout;
  return {
    commit: (revision) =>
      withReason(
        () => git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).trim(),
        unknownRevision(revision),
      ),
    commonCommit: (one, other) => withReason(() => git('merge-base', one, other).trim(), noCommonCommit(one, other)),
    files: (commit, path) =>
      git('ls-tree', '--name-only', '-z', commit, '--', `${path}/`)
        .split('\0')
        .filter((name) => name !== ''),
    text: (commit, path) => git('show', `${commit}:./${path}`),
    texts: (commit, path) => {
      const names = git('ls-tree', '-r', '--name-only', '-z', commit, '--', `${path}/`)
        .split('\0')
        .filter((name) => name !== '');
      const input = names.map((name) => `${commit}:./${name}\n`).join('');
      // Sizes are in bytes, so the answer is read as bytes.
      const { stdout } = runSync('git', ['cat-file', '--batch'], { ...options, input, encoding: 'latin1' });
      const contents = contentsIn(Buffer.from(stdout, 'latin1'));
      return new Map(names.map((name, index) => [name.slice(path.length + 1), contents[index] ?? '']));
    },
  };
}

/** The commit that is checked out; undefined outside of a repository, or without git. */
export function headCommit(folder = root): string | undefined {
  try {
    return repositoryOf(folder).commit('HEAD');
  } catch {
    return undefined;
  }
}

/**
 * What `git cat-file --batch` answers: for each file a line that ends with its size in bytes, the
 * content, and a line feed.
 */
function contentsIn(answer: Buffer): string[] {
  const contents: string[] = [];
  for (let at = 0; at < answer.length; ) {
    const begin = answer.indexOf('\n', at) + 1;
    const end = begin + Number(answer.toString('utf8', at, begin).trim().split(' ').at(-1));
    contents.push(answer.toString('utf8', begin, end));
    at = end + 1;
  }
  return contents;
}

function withReason<T>(work: () => T, error: (cause: unknown) => DojangError): T {
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
