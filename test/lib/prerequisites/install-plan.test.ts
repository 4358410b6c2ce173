import { describe, expect, it } from 'vitest';
import { installPlan, type Machine, withoutInstalling } from '../../../lib/prerequisites/install-plan.ts';
import { requirementsOf } from '../../../lib/prerequisites/requirements.ts';

const debian: Machine = { platform: 'linux', distribution: 'debian', hasApt: true, installsAs: 'root' };
const hosts = [
  'apt',
  'debootstrap',
  'systemd-container',
  'nftables',
  'iproute2',
  'mount',
  'util-linux',
  'e2fsprogs',
  'debian-archive-keyring',
];
const everything = {
  clouds: ['python3', 'python3-venv'],
  hosts,
  browser: ['chromium', 'fonts-noto-cjk'],
  ocr: ['tesseract-ocr', 'tesseract-ocr-kor', 'poppler-utils'],
  scripts: ['shellcheck', 'openssl', 'curl', 'gpg', 'gpg-agent', 'gpgv'],
};

describe('what is installed', () => {
  it('for npm start is what clouds and hosts need', () => {
    expect(packagesFor('start', debian)).toEqual({ clouds: everything.clouds, hosts });
  });

  it('without hosts is what the clouds need', () => expect(packagesFor('clouds', debian)).toEqual({ clouds: everything.clouds }));

  it('for npm test is everything', () => expect(packagesFor('test', debian)).toEqual(everything));

  it('is nothing when nothing is missing', () => {
    expect(installPlan([], debian)).toEqual({ groups: [], playwrightBrowser: false, leftOut: [] });
  });

  it('on Ubuntu has no chromium, which is a snap there: Playwright brings one', () => {
    const plan = installPlan(requirementsOf('test'), { ...debian, distribution: 'ubuntu' });
    expect(plan.playwrightBrowser).toBe(true);
    expect(plan.groups.find(({ area }) => area === 'browser')?.packages).toEqual(['fonts-noto-cjk']);
  });
});

describe('what is left out', () => {
  it('with sudo alone are the hosts, which root boots; the rest is installed through it', () => {
    const { groups, leftOut } = installPlan(requirementsOf('test'), { ...debian, installsAs: 'sudo' });
    expect(leftOut).toEqual([{ area: 'hosts', reason: 'hosts are booted by root alone', next: 'sudo npm start' }]);
    expect(groups.map(({ area }) => area)).toEqual(['clouds', 'browser', 'ocr', 'scripts']);
  });

  it('without root and sudo is everything, each with what root types', () => {
    const { groups, leftOut } = installPlan(requirementsOf('start'), { ...debian, installsAs: 'none' });
    expect(groups).toEqual([]);
    expect(leftOut.map(({ area, next }) => [area, next])).toEqual([
      ['clouds', 'as root: apt-get install --no-install-recommends python3 python3-venv'],
      ['hosts', 'sudo npm start'],
    ]);
  });

  it('on another system are the hosts, and what its own package manager brings', () => {
    const mac: Machine = { platform: 'darwin', distribution: '', hasApt: false, installsAs: 'sudo' };
    expect(installPlan(requirementsOf('start'), mac).leftOut.map(({ reason }) => reason)).toEqual([
      'python3, python3-venv not installed, and there is no apt-get here',
      'hosts are booted on Linux alone',
    ]);
  });

  it('when nothing may be installed is every group, with the command that would', () => {
    const plan = installPlan(requirementsOf('test'), { ...debian, distribution: 'ubuntu' });
    expect(withoutInstalling(plan)).toContainEqual({
      area: 'scripts',
      reason: 'shellcheck, openssl, curl, gpg, gpg-agent, gpgv not installed',
      next: 'apt-get install --no-install-recommends shellcheck openssl curl gpg gpg-agent gpgv',
    });
    expect(withoutInstalling(plan).at(-1)).toMatchObject({ area: 'browser', next: expect.stringContaining('playwright-core install') });
  });
});

function packagesFor(purpose: 'start' | 'clouds' | 'test', machine: Machine) {
  return Object.fromEntries(installPlan(requirementsOf(purpose), machine).groups.map(({ area, packages }) => [area, packages]));
}
