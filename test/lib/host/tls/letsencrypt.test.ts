/**
 * The bash around certbot, in real bash on a folder: curl, getent and certbot are what a test says.
 */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPaths } from '../../../../lib/host/bash/runner.ts';
import { hostFacts } from '../../../../lib/host/facts.ts';
import { paths } from '../../../../lib/host/paths.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { bash, type Said } from '../bash.ts';
import { prod, prodFacts, stepOf } from '../recipes.ts';

const domain = 'dojang.example.com';
const step = stepOf(hostRecipe(prod, 'aws', prodFacts), 'letsencrypt');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-letsencrypt-'));
  for (const name of ['work', 'state', 'webroot']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Runs a function of the step as an apply does, with other commands in the place of those it calls.
 */
function run(name: string, commands: string): Said {
  const definitions = step.definitions.replaceAll(paths.challenges, join(folder, 'webroot'));
  return bash(
    `set -uo pipefail\nwork=${folder}/work state_folder=${folder}/state\nsystemctl() { :; }\n${commands}\n${definitions}\nset -e\n${name}`,
  );
}

it('nginx’s workers can enter every folder above the webroot: none is in what a run makes for root alone', () => {
  const rootsAlone = dirname(runPaths.state);
  expect(`${paths.challenges}/`.startsWith(`${rootsAlone}/`)).toBe(false);
  expect(dirname(paths.challenges)).toBe('/var/lib');
});

describe('before Let’s Encrypt is asked', () => {
  /**
   * A curl whose answers come from the webroot where nginx is asked, and from elsewhere under the
   * domain's name.
   */
  const curl = (inside: string, outside: string) => `
    serve() { cat "$1" >"$2"; printf 200; }
    refuse() { printf 'other\\n' >"$2"; printf '%s' "$3"; }
    curl() {
      local out file inside=no
      while [ $# -gt 1 ]; do
        case $1 in -o) out=$2; shift ;; --resolve) inside=yes; shift ;; esac
        shift
      done
      file=$work/../webroot/.well-known/acme-challenge/$(basename "$1")
      if [ $inside = yes ]; then ${inside}; else ${outside}; fi
    }`;
  const serve = 'serve "$file" "$out"';
  const refuse = (code: number) => `refuse "$file" "$out" ${code}`;
  const names = (v4: string, v6 = '') => `
    getent() {
      # As the real one where there is no such name.
      [ "${v4 + v6}" != '' ] || return 2
      case $1 in
        ahostsv4) for each in ${v4}; do echo "$each STREAM"; done ;;
        ahostsv6) for each in ${v6}; do echo "$each STREAM"; done ;;
      esac
    }`;

  it('a domain that leads here is fine, whatever its address is, and nothing is left in the webroot', () => {
    expect(run('domain_points_here', `${curl(serve, serve)}${names('198.51.100.7')}`)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(join(folder, 'webroot/.well-known/acme-challenge'))).toEqual([]);
  });

  const cases: [string, string, string, RegExp][] = [
    ['no record', curl(serve, 'return 6'), names(''), /^dojang\.example\.com has no address$/m],
    ['another address', curl(serve, refuse(200)), names('198.51.100.7'), /points at 198\.51\.100\.7, not at this host$/m],
    [
      'an IPv6 address of another machine',
      curl(serve, refuse(200)),
      names('203.0.113.10', '::ffff:203.0.113.10 2001:db8::1'),
      /IPv6 address 2001:db8::1, .*remove the AAAA record/,
    ],
    ['the address of something else', curl(serve, refuse(404)), names('203.0.113.10'), /is not answered by this host: HTTP 404/],
  ];
  it.each(cases)('%s is named, with the record to make', (_, answers, records, named) => {
    const { code, stdout } = run('domain_points_here', answers + records);
    expect(stdout).toMatch(named);
    expect(stdout).toContain(`make the DNS record: ${domain} A 203.0.113.10`);
    expect(stdout).toContain('dojang up --env prod');
    expect(stdout).not.toContain('dojang local');
    expect(code).toBe(1);
  });

  it('a webroot that nginx cannot read is named, and DNS is not blamed', () => {
    const { code, stdout } = run('domain_points_here', curl(refuse(403), serve) + names('203.0.113.10'));
    expect(stdout).toMatch(/^nginx does not serve what is in \S+: HTTP 403\n/);
    expect(stdout).not.toContain('DNS');
    expect(code).toBe(1);
  });

  it('an embedded host says how its record is made', () => {
    const recipe = hostRecipe(
      prod,
      'aws',
      hostFacts(prod, {
        addresses: prodFacts.addresses,
        embedded: true,
        dataVolumeId: 'vol-0123456789abcdef0',
        artifactBucket: 'artifacts',
      }),
    );
    expect(stepOf(recipe, 'letsencrypt').definitions).toContain('dojang local domain --points-to aws');
  });
});

describe('asking', () => {
  const refusals = () => join(folder, 'state/acme-refusals');
  const refusing = "certbot() { echo 'Some challenges have failed.'; return 1; }";
  const now = Math.floor(Date.now() / 1000);

  it('counts what the authority refuses, and shows what certbot says', () => {
    const { code, stdout } = run('ask_for_certificate', refusing);
    expect(stdout).toContain('Some challenges have failed.');
    expect(code).toBe(1);
    expect(readFileSync(refusals(), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('does not count what is no refusal', () => {
    expect(run('ask_for_certificate', 'certbot() { echo no network; return 1; }').code).toBe(1);
    expect(existsSync(refusals())).toBe(false);
  });

  it('stops after four refusals within an hour, before the fifth would shut the domain out', () => {
    writeFileSync(refusals(), `${now - 100}\n`.repeat(4));
    const { code, stdout } = run('ask_for_certificate', 'certbot() { echo asked; }');
    expect(code).toBe(1);
    expect(stdout).toMatch(/refused dojang\.example\.com 4 times within an hour.*not asked again/);
    expect(stdout).not.toContain('asked\n');
  });

  it('goes on when those are older, and forgets them once it has a certificate', () => {
    writeFileSync(refusals(), `${now - 4000}\n`.repeat(9));
    expect(run('ask_for_certificate', 'certbot() { :; }').code).toBe(0);
    expect(existsSync(refusals())).toBe(false);
  });

  it('clears the failure of the last renewal once it has a certificate, and not before', () => {
    const systemctl = 'systemctl() { echo "systemctl $*"; return 1; }';
    expect(run('ask_for_certificate', `${systemctl}; certbot() { :; }`)).toEqual({
      code: 0,
      stdout: 'systemctl reset-failed certbot.service\n',
      stderr: '',
    });
    expect(run('ask_for_certificate', `${systemctl}; ${refusing}`).stdout).not.toContain('systemctl');
  });

  it('is of Let’s Encrypt itself unless the facts name another authority, which certbot then trusts for its directory alone', () => {
    expect(step.definitions).not.toContain('--server');
    expect(step.definitions + step.apply).not.toContain('REQUESTS_CA_BUNDLE');
    const acme = { directory: 'https://acme.example/dir', root: 'PEM' };
    const other = stepOf(hostRecipe(prod, 'aws', { ...prodFacts, acme }), 'letsencrypt');
    expect(other.definitions).toContain('--keep-until-expiring --server https://acme.example/dir');
    expect(other.definitions).toContain('REQUESTS_CA_BUNDLE=/etc/dojang/tls/acme-root.pem certbot certonly');
    expect(other.definitions).toContain('Environment=REQUESTS_CA_BUNDLE=/etc/dojang/tls/acme-root.pem');
  });
});

describe('a certificate', () => {
  const hour = 3_600_000;

  it.each([
    ['90 days, 10 left', 90 * 24, 10 * 24, /ends on \d{4}-\d\d-\d\d \d\d:\d\d UTC: it is not renewed/],
    ['90 days, 20 left', 90 * 24, 20 * 24, /^$/],
    ['6 days, 2 left', 6 * 24, 2 * 24, /^$/],
    ['6 days, 12 hours left', 6 * 24, 12, /it is not renewed/],
    ['6 days, over', 6 * 24, -1, /it is not renewed/],
  ])('of %s, is judged by what is left of its lifetime', async (_, lifetime, left, said) => {
    const notAfter = new Date(Date.now() + left * hour);
    const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const notBefore = new Date(notAfter.getTime() - lifetime * hour);
    const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=x', keys, notBefore, notAfter });
    writeFileSync(join(folder, 'c.pem'), made.toString('pem'));
    expect(run(`certificate_lasts ${folder}/c.pem`, '').stdout).toMatch(said);
  });
});
