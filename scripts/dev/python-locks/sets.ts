/**
 * Every set of Python packages that the project installs, as data: NAME.in says what is wanted,
 * NAME.txt what is installed, with hashes.
 */

export interface PackageSet {
  /** Path of the two files without their endings, relative to the project. */
  readonly path: string;
  /** For `uv pip compile`. */
  readonly options: readonly string[];
}

/** The oldest Python that hosts and the machines of developers have. */
const oldest = ['--python-version', '3.10'];

/** What the scanners need has no release for an older one. */
const newer = ['--python-version', '3.11'];

/**
 * Markers would be judged by the Python that downloads, not by the host's. What a host gets
 * therefore has none: it is what the oldest Python needs, and newer ones take it too.
 */
const forHosts = [...oldest, '--python-platform', 'x86_64-manylinux_2_28'];

/** For whatever Python and processor there is: markers stay. */
const forAll = [...oldest, '--universal', '--fork-strategy', 'fewest'];

/**
 * Chroma and langchain list these for what we never do: a cluster, a model downloaded for
 * embeddings, a command line, a reloading server.
 */
const unused = [
  ...['kubernetes', 'oauthlib', 'requests-oauthlib', 'websocket-client', 'durationpy', 'python-dateutil', 'six', 'tzdata', 'aiohttp-retry'],
  ...['onnxruntime', 'flatbuffers', 'sympy', 'mpmath', 'coloredlogs', 'humanfriendly', 'pyreadline3'],
  ...['tokenizers', 'huggingface-hub', 'hf-xet', 'filelock', 'fsspec', 'tqdm'],
  ...['typer', 'shellingham', 'build', 'pyproject-hooks', 'tomli', 'importlib-metadata', 'zipp', 'bcrypt', 'pypika'],
  ...['uvloop', 'httptools', 'watchfiles', 'colorama', 'httpx2-jsfetch'],
];
const withoutUnused = unused.map((name) => `--no-emit-package=${name}`);

/**
 * The `.in` names every package itself, so that what its packages merely recommend does not come
 * along.
 */
const asListed = ['--no-deps'];

export const packageSets: readonly PackageSet[] = [
  { path: 'apps/ai/requirements', options: [...forHosts, ...withoutUnused] },
  { path: 'apps/ai/requirements-endpoint', options: [...forHosts, ...withoutUnused] },
  { path: 'apps/ai/requirements-test', options: [...forAll, ...withoutUnused] },
  { path: 'scripts/artifacts/pip', options: forAll },
  { path: 'scripts/local/aws/requirements', options: [...forAll, ...asListed] },
  { path: 'scripts/dev/python-locks/uv', options: forAll },
  ...['bandit', 'checkov', 'gixy', 'zizmor'].map((name) => ({ path: `scripts/dev/scan/${name}`, options: [...newer, '--universal'] })),
  { path: 'test/requirements-cfn-lint', options: [...newer, '--universal', ...asListed] },
];

/**
 * A release younger than this is not taken: a malicious one is usually found and removed within
 * days.
 */
const cooldown = '7 days';

/**
 * Arguments of uv that lock a set. Versions that are locked stay, so that a second run changes
 * nothing, unless `upgrade` asks for the newest. The hashes are those of every file of a version:
 * wheels of all platforms and Pythons.
 */
export function lockArguments({ path, options }: PackageSet, { upgrade }: { readonly upgrade: boolean }): string[] {
  return [
    ...['pip', 'compile', '--quiet', '--no-annotate', '--generate-hashes', '--custom-compile-command', 'npm run lock:python'],
    ...options,
    ...(upgrade ? ['--upgrade', '--exclude-newer', cooldown] : []),
    ...['--output-file', `${path}.txt`, `${path}.in`],
  ];
}
