/** Which packages are to be installed, and what is left out because it can't be. */
import type { Area, Requirement } from './requirements.ts';

export interface Machine {
  readonly platform: NodeJS.Platform;
  /** `ID` of /etc/os-release, like `debian`; empty where there is none. */
  readonly distribution: string;
  readonly hasApt: boolean;
  /** How packages can be installed: as root, through sudo, or not at all. */
  readonly installsAs: 'root' | 'sudo' | 'none';
}

/** Packages of one area, in the order of the requirements. */
export interface PackageGroup {
  readonly area: Area;
  readonly packages: readonly string[];
}

/** An area that stays without what it needs. */
export interface LeftOut {
  readonly area: Area;
  readonly reason: string;
  /** What the user can do about it. */
  readonly next: string;
}

export interface InstallPlan {
  /** What apt installs. */
  readonly groups: readonly PackageGroup[];
  /**
   * Whether Chromium comes from Playwright: Ubuntu has it as a snap only, which a container can't
   * run.
   */
  readonly playwrightBrowser: boolean;
  readonly leftOut: readonly LeftOut[];
}

/**
 * What brings these missing requirements on this machine. Hosts are booted by root alone, so
 * nothing is installed for them otherwise.
 */
export function installPlan(missing: readonly Requirement[], machine: Machine): InstallPlan {
  const areas = [...new Set(missing.map(({ area }) => area))];
  const groups: PackageGroup[] = [];
  const leftOut: LeftOut[] = [];
  let playwrightBrowser = false;
  for (const area of areas) {
    const needed = missing.filter((requirement) => requirement.area === area);
    const obstacle = obstacleTo(area, packagesOf(needed), machine);
    if (obstacle) {
      leftOut.push({ area, ...obstacle });
      continue;
    }
    const fromPlaywright = machine.distribution === 'ubuntu' && needed.some(({ probe }) => 'browser' in probe);
    const packages = packagesOf(needed.filter(({ probe }) => !(fromPlaywright && 'browser' in probe)));
    playwrightBrowser ||= fromPlaywright;
    if (packages.length > 0) groups.push({ area, packages });
  }
  return { groups, playwrightBrowser, leftOut };
}

/** The plan when nothing may be installed. */
export function withoutInstalling({ groups, playwrightBrowser, leftOut }: InstallPlan): readonly LeftOut[] {
  const refused = groups.map(({ area, packages }) => ({
    area,
    reason: `${packages.join(', ')} not installed`,
    next: aptCommand(packages),
  }));
  const browser: LeftOut[] = playwrightBrowser ? [{ area: 'browser', reason: 'no Chromium', next: playwrightCommand }] : [];
  return [...leftOut, ...refused, ...browser];
}

/** What a user types to have Playwright's Chromium, with the libraries it needs. */
export const playwrightCommand = 'npx playwright-core install --with-deps chromium';

function aptCommand(packages: readonly string[]): string {
  return `apt-get install --no-install-recommends ${packages.join(' ')}`;
}

function obstacleTo(area: Area, packages: readonly string[], machine: Machine): Omit<LeftOut, 'area'> | undefined {
  if (area === 'hosts' && machine.platform !== 'linux')
    return { reason: 'hosts are booted on Linux alone', next: 'run it on Linux as root' };
  if (area === 'hosts' && machine.installsAs !== 'root') return { reason: 'hosts are booted by root alone', next: 'sudo npm start' };
  const names = packages.join(', ');
  if (!machine.hasApt) return { reason: `${names} not installed, and there is no apt-get here`, next: 'install what the list names' };
  if (machine.installsAs === 'none') return { reason: `${names} not installed`, next: `as root: ${aptCommand(packages)}` };
  return undefined;
}

function packagesOf(requirements: readonly Requirement[]): string[] {
  return [...new Set(requirements.map((requirement) => requirement.package))];
}
