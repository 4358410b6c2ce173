/**
 * Whose signature the CloudWatch agent's package is installed with, asked with the real gpg and
 * gpgv.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { bash } from '../bash.ts';
import { prod, prodFacts, stepOf } from '../recipes.ts';

const place = mkdtempSync(join(tmpdir(), 'dojang-gpg-'));
const home = join(place, 'home');
const served = join(place, 'served');
const { apply } = stepOf(hostRecipe(prod, 'aws', prodFacts), 'metrics-agent');
const people = { vendor: 'vendor@example.com', other: 'other@example.com' } as const;
type Person = keyof typeof people;
let vendorFingerprint = '';

beforeAll(() => {
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(served);
  writeFileSync(join(served, 'amazon-cloudwatch-agent.deb'), 'a package');
  for (const address of Object.values(people)) gpg('--passphrase', '', '--quick-generate-key', address, 'ed25519', 'sign', '1d');
  vendorFingerprint = /^fpr:+(\w+):$/m.exec(gpg('--with-colons', '--list-keys', people.vendor))?.[1] ?? '';
});
afterAll(() => {
  spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  rmSync(place, { recursive: true });
});

describe('the package of the CloudWatch agent', () => {
  it('is installed with the signature of the pinned key', () => {
    expect(applied({ keys: ['vendor'], signedBy: 'vendor' })).toMatchObject({ code: 0, installed: true });
  });

  it('is installed when the file of the key holds another one too', () => {
    expect(applied({ keys: ['other', 'vendor'], signedBy: 'vendor' })).toMatchObject({ code: 0, installed: true });
  });

  it.each([
    ['the pinned key first', ['vendor', 'other']],
    ['the pinned key last', ['other', 'vendor']],
    ['no pinned key', ['other']],
  ] as const)('is refused with the signature of another key from a file with %s', (_, keys) => {
    const { code, installed } = applied({ keys, signedBy: 'other' });
    expect(installed).toBe(false);
    expect(code).not.toBe(0);
  });

  it('is refused when it is not what was signed', () => {
    expect(applied({ keys: ['vendor'], signedBy: 'vendor', changed: true }).installed).toBe(false);
  });
});

function gpg(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('gpg', ['--homedir', home, '--batch', '--yes', ...args], { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

interface Download {
  readonly keys: readonly Person[];
  readonly signedBy: Person;
  /** The package is another one than was signed. */
  readonly changed?: boolean;
}

/**
 * The step as a host runs it; only the download, apt and the pinned fingerprint are of this test.
 */
function applied({ keys, signedBy, changed = false }: Download): { readonly code: number | null; readonly installed: boolean } {
  const file = join(served, 'amazon-cloudwatch-agent.deb');
  writeFileSync(file, 'a package');
  gpg('--local-user', people[signedBy], '--output', `${file}.sig`, '--detach-sign', file);
  if (changed) writeFileSync(file, 'another package');
  const blocks = keys.map((person) => gpg('--armor', '--export', people[person]));
  writeFileSync(join(served, 'amazon-cloudwatch-agent.gpg'), blocks.join(''));
  const script = apply.replaceAll(/\b[0-9A-F]{40}\b/g, vendorFingerprint).replaceAll('/var/cache/dojang', join(place, 'cache'));
  expect(script).toContain(vendorFingerprint);
  const { code, stdout } = bash(`set -euo pipefail
curl() { local url; for url; do :; done; cp "${served}/$(basename "$url")" .; }
apt_install() { echo "installs $*"; }
apply() {
${script}
}
apply`);
  return { code, installed: stdout.includes('installs ./amazon-cloudwatch-agent.deb') };
}
