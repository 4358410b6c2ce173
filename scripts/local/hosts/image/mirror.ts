/** Where Debian's packages come from: the mirror that this machine's own apt is configured with. */
import { attempt } from '../command.ts';

const official = 'http://deb.debian.org/debian';

/**
 * A mirror of Debian's archive. A machine of another distribution has none configured: it gets
 * Debian's own.
 */
export async function debianMirror(): Promise<string> {
  const { stdout } = await attempt(['apt-get', 'indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']);
  return mirrorIn(stdout);
}

/**
 * The first archive of Debian itself among these, one a line; security updates and other projects
 * have archives of their own.
 */
function mirrorIn(archives: string): string {
  const found = archives.split('\n').map((line) => line.trim().replace(/\/+$/, ''));
  return found.find((archive) => /^https?:\/\/.+\/debian$/.test(archive)) ?? official;
}
