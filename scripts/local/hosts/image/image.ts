/**
 * The tree that every host begins as: made once for each user, shared by all clones, copied for
 * each machine.
 */
import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { cacheFolder } from '../../../io/state.ts';
import { type Argv, attempt, type CommandOptions, endOf } from '../command.ts';
import { agent, agentUnit, base, fill, suite } from './image-recipe.ts';
import { debianMirror } from './mirror.ts';

/**
 * Unused images stay: other clones may be of another version. Each takes about a gigabyte; the
 * whole folder may be removed at any time, also while hosts run, which have copies of their own:
 * the next `up` makes it again.
 */
const images = join(cacheFolder, 'hosts');

/**
 * The root of the host image; made on first use. Killed half-way or made by two commands at once,
 * it is complete or not there.
 * @throws DojangError `host-image-failed` with the end of what the builder said
 */
export async function hostImage(progress: Progress, cache = images, mirror = debianMirror): Promise<string> {
  const home = join(cache, contentHash());
  const root = join(home, 'root');
  if (existsSync(root)) return root;
  mkdirSync(cache, { recursive: true });
  await removeAbandoned(cache);
  const draft = `${home}.${randomUUID()}.${process.pid}.draft`;
  try {
    await build(join(draft, 'root'), await mirror(), (note) => progress(`building the host image (once): ${note}`));
    moveTo(home, draft);
  } finally {
    await removeTree(draft);
  }
  return root;
}

/**
 * A tree may be of a hundred thousand files, and a builder that was just killed may still have held
 * something of it.
 */
export async function removeTree(path: string): Promise<void> {
  for (let tries = 0; existsSync(path) && tries < 3; tries++) await attempt(['rm', '-rf', '--one-file-system', path]);
}

function contentHash(): string {
  const parts = [process.arch, suite, ...base, fill, agent(), agentUnit];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

async function build(root: string, mirror: string, progress: Progress): Promise<void> {
  mkdirSync(root, { recursive: true });
  progress('asking for packages');
  const include = `--include=${base.join(',')}`;
  await sealed('debootstrap', ['debootstrap', '--variant=minbase', include, suite, root, mirror], {
    onLine: (line) => progressOf(line, progress),
  });
  copyFileSync('/etc/resolv.conf', join(root, 'etc/resolv.conf'));
  writeFileSync(join(root, 'usr/bin/amazon-ssm-agent'), agent(), { mode: 0o755 });
  writeFileSync(join(root, 'etc/systemd/system/amazon-ssm-agent.service'), agentUnit);
  await sealed('apt', ['chroot', root, 'bash', '-s'], {
    input: fill,
    env: { HOME: '/root', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    onLine: (line) => progressOf(line, progress),
  });
}

const phases: readonly (readonly [RegExp, string])[] = [
  [/^I: (Retrieving|Validating)/, 'downloading a small Debian'],
  [/^I: (Extracting|Unpacking)/, 'unpacking a small Debian'],
  [/^I: Configuring/, 'configuring a small Debian'],
  [/^stage: preinstalled/, 'what a cloud image has'],
  [/^stage: repository/, 'downloading what hosts may install'],
];

/** Most lines say nothing about progress. */
function progressOf(line: string, progress: Progress): void {
  const [, note] = phases.find(([pattern]) => pattern.test(line)) ?? [];
  if (note) progress(note);
}

/**
 * Runs a builder with mounts and processes of its own, which end with it, and with us: a killed
 * `up` leaves neither a half-built tree with /proc mounted in it nor a builder that goes on
 * writing.
 */
async function sealed(builder: string, argv: Argv, options: CommandOptions): Promise<void> {
  const untilWeEnd = ['setpriv', '--pdeathsig', 'KILL', '--'];
  const own = ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];
  const [first = '', ...rest] = [...untilWeEnd, ...own, ...argv];
  const { code, text } = await attempt([first, ...rest], options);
  if (code === 0) return;
  throw new DojangError('host-image-failed', `${builder} could not make the host image (status ${code})`, {
    why: endOf(text),
    next: 'check that apt reaches its mirror, then run it again',
  });
}

/** Another command may have been faster: its image is as good. */
function moveTo(home: string, draft: string): void {
  try {
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(join(home, 'root'))) throw error;
  }
}

/** Drafts of processes that were killed. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.draft$/.exec(name) ?? [];
    if (pid && !existsSync(`/proc/${pid}`)) await removeTree(join(folder, name));
  }
}
