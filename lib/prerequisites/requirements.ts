/**
 * What the two commands need beyond Node, Git and Python, and Debian's and Ubuntu's package of
 * each.
 */

/**
 * What is missing without the requirement, and so how the list of what is to be installed is
 * ordered.
 */
export type Area = 'clouds' | 'hosts' | 'browser' | 'ocr' | 'scripts';

/** `start` brings the service up; `clouds` is that without the hosts; `test` runs every test. */
export type Purpose = 'start' | 'clouds' | 'test';

/** How it is found out whether a requirement is there. */
export type Probe =
  | { readonly command: string }
  | { readonly file: string }
  | { readonly pythonModule: string }
  /** A Chromium that tests can drive, wherever it is. */
  | { readonly browser: true };

export interface Requirement {
  readonly area: Area;
  readonly probe: Probe;
  /** Name of the package that brings it, in Debian and in Ubuntu. */
  readonly package: string;
}

const areasOf: Readonly<Record<Purpose, readonly Area[]>> = {
  start: ['clouds', 'hosts'],
  clouds: ['clouds'],
  test: ['clouds', 'hosts', 'browser', 'ocr', 'scripts'],
};

/** Each command that hosts are made with, and its package. */
export const hostCommands = {
  'apt-get': 'apt',
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  nft: 'nftables',
  ip: 'iproute2',
  losetup: 'mount',
  swapoff: 'mount',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  unshare: 'util-linux',
  'mkfs.ext4': 'e2fsprogs',
} as const satisfies Record<string, string>;

const requirements: readonly Requirement[] = [
  { area: 'clouds', probe: { command: 'python3' }, package: 'python3' },
  // Debian and Ubuntu keep the maker of virtual environments apart from Python.
  { area: 'clouds', probe: { pythonModule: 'venv' }, package: 'python3-venv' },
  { area: 'clouds', probe: { pythonModule: 'ensurepip' }, package: 'python3-venv' },
  ...Object.entries(hostCommands).map(([command, name]): Requirement => ({ area: 'hosts', probe: { command }, package: name })),
  // The hosts are Debian: debootstrap verifies its archive by these keys, which Ubuntu does not
  // have from the beginning.
  { area: 'hosts', probe: { file: '/usr/share/keyrings/debian-archive-keyring.gpg' }, package: 'debian-archive-keyring' },
  { area: 'browser', probe: { browser: true }, package: 'chromium' },
  { area: 'browser', probe: { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' }, package: 'fonts-noto-cjk' },
  { area: 'ocr', probe: { command: 'tesseract' }, package: 'tesseract-ocr' },
  { area: 'ocr', probe: { file: '/usr/share/tesseract-ocr/5/tessdata/kor.traineddata' }, package: 'tesseract-ocr-kor' },
  { area: 'ocr', probe: { command: 'pdftoppm' }, package: 'poppler-utils' },
  { area: 'scripts', probe: { command: 'shellcheck' }, package: 'shellcheck' },
  { area: 'scripts', probe: { command: 'openssl' }, package: 'openssl' },
  { area: 'scripts', probe: { command: 'curl' }, package: 'curl' },
  { area: 'scripts', probe: { command: 'gpg' }, package: 'gpg' },
  { area: 'scripts', probe: { command: 'gpg-agent' }, package: 'gpg-agent' },
  { area: 'scripts', probe: { command: 'gpgv' }, package: 'gpgv' },
];

/** What a purpose needs, in the order of the areas. */
export function requirementsOf(purpose: Purpose): readonly Requirement[] {
  return requirements.filter(({ area }) => areasOf[purpose].includes(area));
}
