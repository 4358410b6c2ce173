import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reporter } from '../../../lib/ports/reporter.ts';
import { hostCommands } from '../../../lib/prerequisites/requirements.ts';
import { ensurePrerequisites, type InstallOptions } from '../../../scripts/prerequisites/ensure.ts';
import { FakeApt } from './fake-apt.ts';

let apt: FakeApt;
let printed: string[];
const report: Reporter = {
  tasks: (_, work) => work(),
  task: (_, work) => work(() => undefined),
  line: (text = '') => void printed.push(text),
  note: (text) => void printed.push(text),
};

/** A machine that has everything but what shellcheck and openssl are looked for. */
beforeEach(() => {
  apt = new FakeApt();
  printed = [];
  for (const name of [...Object.keys(hostCommands), 'python3', 'tesseract', 'pdftoppm', 'curl', 'gpg', 'gpg-agent', 'gpgv', 'pulumi']) {
    if (name !== 'apt-get') apt.writeProgram(name, 'exit 0');
  }
  // For a run of the tests without root.
  apt.writeProgram('sudo', '[ "$1" = -n ] || exec "$@"');
  vi.stubEnv('PATH', apt.folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  apt.remove();
});

const ensure = (options: Partial<InstallOptions> = {}) =>
  ensurePrerequisites('test', report, { install: 'ask', isTerminal: false, confirm: async () => false, ...options });

describe('what is missing', () => {
  it('is listed with its size and installed; without a terminal nothing is asked', async () => {
    apt.sizes({ shellcheck: 5_000_000, openssl: 1_500_000 });
    const confirm = vi.fn(async () => false);
    await ensure({ confirm });
    expect(printed.join('\n')).toMatch(
      /^Missing on this machine, .+:\n {2}scripts +shellcheck openssl {3}2 packages, 6\.5 MB\n +in all {3}6\.5 MB$/,
    );
    expect(apt.calls()).toEqual([expect.stringContaining('install --no-install-recommends --yes --quiet shellcheck openssl')]);
    expect(confirm).not.toHaveBeenCalled();
  });

  it('is asked for on a terminal; after a no the work goes on, and it says without what', async () => {
    apt.sizes({ shellcheck: 5_000_000, openssl: 1_500_000 });
    await ensure({ isTerminal: true });
    expect(apt.calls()).toEqual([]);
    expect(printed.slice(1)).toEqual([
      'scripts: shellcheck, openssl not installed; tests of rendered scripts fail',
      '  Next: apt-get install --no-install-recommends shellcheck openssl',
    ]);
  });

  it('is not asked for with --yes', async () => {
    apt.sizes({ shellcheck: 5_000_000, openssl: 1_500_000 });
    await ensure({ isTerminal: true, install: 'yes' });
    expect(apt.calls()).toHaveLength(1);
  });

  it('is not installed with --no-install, and no list of packages is fetched for it', async () => {
    await ensure({ install: 'no' });
    expect(apt.calls()).toEqual([]);
    expect(printed[0]).toContain('size unknown before apt-get update');
    expect(printed[1]).toContain('tests of rendered scripts fail');
  });

  it('is looked up after apt-get update where apt has no lists yet', async () => {
    await ensure();
    expect(apt.calls().map((call) => call.split(' ')[2])).toEqual(['update', 'install']);
  });
});

it('prints nothing on a machine that has everything', async () => {
  for (const name of ['shellcheck', 'openssl']) apt.writeProgram(name, 'exit 0');
  await ensure();
  expect(printed).toEqual([]);
});
