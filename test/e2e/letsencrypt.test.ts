/**
 * A certificate for a domain, from the first asking to its end: real certbot against a real ACME
 * server. One clone, one story.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { managementPort } from '../../scripts/local/acme/settings.ts';
import { type Argv, attempt, command } from '../../scripts/local/hosts/command.ts';
import { inside } from '../../scripts/local/hosts/network/namespaces.ts';
import { prefixOf, serviceAddress, type Namespace as Where } from '../../scripts/local/hosts/network/network.ts';
import { certificateAlarms } from './hosts/certificate-alarms.ts';
import { Place } from './hosts/place.ts';

const domain = 'contracts.dojang.example';
const address = '203.0.113.10';
const place = new Place();
const { clone } = place;
clone.edit('dojang.config.ts', "tls: 'own-ca',", `domain: '${domain}',\n      tls: 'letsencrypt',`);

afterAll(() => place.stop());

/**
 * Seconds. Certificates of the second part of the story: short enough to see one expire, and long
 * enough to be looked at before it does. The authority suggests to renew such ones at any moment.
 */
const shortLifetime = 60;
const daySeconds = 86_400;

const from = (where: Where, ...argv: Argv) => attempt(inside(prefixOf(clone.hosts), where, argv));
/** How Pebble calls what asks for a certificate. */
const newOrder = 'POST /order-plz';
const acmeLog = () => readFileSync(join(clone.folder, '.dojang/local/acme/daemon.log'), 'utf8');

/** The authority's root, which it makes anew whenever it is started. */
async function issuingRoot(): Promise<string> {
  const file = join(clone.folder, 'root-of-pebble.pem');
  const url = `https://${serviceAddress.acme}:${managementPort}/roots/0`;
  writeFileSync(file, await command(inside(prefixOf(clone.hosts), 'internet', ['curl', '-sSk', '--fail', url])));
  return file;
}

interface Served {
  /** Result of OpenSSL for the chain and the name, like `0 (ok)`. */
  readonly verified: string;
  readonly serial: string;
  readonly issuer: string;
}

/** The certificate that a visitor gets who asks for the domain. */
async function served(root: string): Promise<Served> {
  const ask = `openssl s_client -connect ${address}:443 -servername ${domain} -verify_hostname ${domain} -CAfile ${root} </dev/null 2>/dev/null`;
  const { stdout } = await from('visitor', 'bash', '-c', `said=$(${ask}); echo "$said"; openssl x509 -noout -serial -issuer <<<"$said"`);
  const line = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? '';
  return {
    verified: line(/^ *Verify return code: (.*)$/m),
    serial: line(/^serial=(.*)$/m),
    issuer: line(/^issuer=(.*)$/m),
  };
}

/** Waits for something that others do. @throws with what it was like at the end */
async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean, limitSeconds: number): Promise<T> {
  const end = Date.now() + limitSeconds * 1000;
  let seen = await look();
  while (!isSo(seen)) {
    if (Date.now() > end) throw new Error(`after ${limitSeconds} s: ${JSON.stringify(seen)}`);
    await wait(300);
    seen = await look();
  }
  return seen;
}

describe('a domain that does not point here yet', () => {
  it('stops up at the certificate, says what to do, and costs no validation', async () => {
    const { code, text } = await clone.dojang('up');
    expect(code, text).toBe(1);
    expect(text).toMatch(/letsencrypt +failed +contracts\.dojang\.example has no address/);
    expect(text).toContain(`make the DNS record: ${domain} A ${address}`);
    expect(text).toContain('dojang local domain --points-to aws');
    expect(text).toContain("Let's Encrypt was not asked");
    expect(acmeLog()).not.toContain(newOrder);
  });

  it('leaves nginx at work behind a certificate of its own', async () => {
    const { stdout } = await from('visitor', 'curl', '-sSk', '-o', '/dev/null', '-w', '%{http_code}', `http://${address}/`);
    expect(stdout).toBe('308');
    expect((await served(await issuingRoot())).issuer).toMatch(/^CN ?= ?placeholder$/);
  });

  it('that points elsewhere is named with both addresses', async () => {
    expect((await clone.dojang('local', 'domain', '--points-to', '192.0.2.50')).text).toContain(`${domain} points at 192.0.2.50`);
    const { code, text } = await clone.dojang('provision', '--only', 'letsencrypt');
    expect(code, text).toBe(1);
    expect(text).toContain(`${domain} points at 192.0.2.50, not at this host`);
    expect(acmeLog()).not.toContain(newOrder);
  });
});

describe('a domain that points here', () => {
  it('up carries on: the certificate is issued, served under the domain, and signed by the authority', async () => {
    expect((await clone.dojang('local', 'domain', '--points-to', 'aws')).text).toContain(`${domain} points at ${address}`);
    const { code, text } = await clone.dojang('up');
    expect(code, text).toBe(0);
    const { verified, issuer } = await served(await issuingRoot());
    expect(verified).toBe('0 (ok)');
    expect(issuer).toMatch(/Pebble Intermediate CA/);
    const { stdout } = await from('visitor', 'curl', '-sSk', '--resolve', `${domain}:443:${address}`, `https://${domain}/health/liveness`);
    expect(stdout).toContain('UP');
  });

  it('is asked for once: a second run finds nothing to do, and doctor says how long it lasts', async () => {
    const again = await clone.dojang('provision');
    expect(again.code, again.text).toBe(0);
    expect(again.text.match(/nothing to change/g)?.length, again.text).toBeGreaterThanOrEqual(2);
    const { code, text } = await clone.dojang('doctor');
    expect(code, text).toBe(0);
    expect(text).toMatch(/✓ domain points at the address +203\.0\.113\.10/);
    expect(text).toMatch(/✓ certificate of the site lasts +89 days left/);
    expect(text).toMatch(/✓ certbot renews the certificate/);
  });
});

describe('a certificate of a minute', () => {
  /** certbot's own timer, as its package brings it or at a pace that fits. */
  const timer = (pace: 'often' | 'usual') => {
    const file = '/etc/systemd/system/certbot.timer.d/often.conf';
    const often = '[Timer]\\nOnCalendar=\\nOnCalendar=*:*:0/3\\nRandomizedDelaySec=0\\nAccuracySec=100ms\\n';
    const write = pace === 'often' ? `mkdir -p ${dirname(file)} && printf '${often}' >${file}` : `rm ${file}`;
    return place.must('aws', `${write} && systemctl daemon-reload && systemctl restart certbot.timer`);
  };
  /**
   * The authority starts anew with a lifetime, and knows neither the account nor the certificate of
   * before: the host loses them, too.
   */
  const startAnew = async (lifetime: number) => {
    expect((await clone.dojang('local', 'domain', '--certificate-lifetime', String(lifetime))).code).toBe(0);
    await place.must('aws', 'rm -r /etc/letsencrypt');
  };
  let root: string;

  it('comes in the place of a lost one', async () => {
    await startAnew(shortLifetime);
    const check = await clone.dojang('provision', '--check', '--only', 'letsencrypt');
    expect(check.text).toContain(`/etc/letsencrypt/live/${domain}/fullchain.pem is missing`);
    const { code, text } = await clone.dojang('provision', '--only', 'letsencrypt');
    expect(code, text).toBe(0);
    root = await issuingRoot();
    expect((await served(root)).verified).toBe('0 (ok)');
  });

  it("is renewed by certbot's timer, and nginx serves the new one, without anyone's action", async () => {
    const { serial } = await served(root);
    await timer('often');
    const renewed = await until(
      () => served(root),
      (now) => now.serial !== serial && now.serial !== '',
      2 * shortLifetime,
    );
    expect(renewed.verified).toBe('0 (ok)');
  });

  it('that is not renewed expires, and doctor says so', async () => {
    await place.must('aws', 'systemctl stop certbot.timer');
    await until(
      () => served(root),
      ({ verified }) => verified.includes('certificate has expired'),
      2 * shortLifetime,
    );
    const { code, text } = await clone.dojang('doctor');
    expect(code, text).toBe(1);
    expect(text).toMatch(/✗ certificate of the site lasts\s+expired \d+ (second|minute)s? ago/);
    expect(text).toMatch(/✗ certbot renews the certificate\s+certbot\.timer is inactive/);
    expect(text).toMatch(/✓ domain points at the address/);
  });

  it('whose domain is gone can’t be renewed: doctor names the record, the end of the certificate and the failed renewal', async () => {
    expect((await clone.dojang('local', 'domain', '--points-to', 'none')).text).toContain(`${domain} has no DNS record`);
    await timer('often');
    const state = () => place.must('aws', 'systemctl is-active certbot.service || true');
    await until(state, (now) => now === 'failed', 60);
    await timer('usual');
    // One that had just begun is seen to its end.
    await until(state, (now) => now === 'failed', 60);
    const { code, text } = await clone.dojang('doctor');
    expect(code, text).toBe(1);
    expect(text).toMatch(/✗ domain points at the address\s+contracts\.dojang\.example has no address/);
    expect(text).toMatch(/✗ certificate of the site lasts\s+expired/);
    expect(text).toMatch(/✗ certbot renews the certificate\s+its last run failed: .*contracts\.dojang\.example/);
  });

  it('that nothing renews sets off its alarm, and fails the nightly job with what to do', async () => {
    await place.must('aws', 'systemctl start dojang-certificate-days.service');
    expect(await certificateAlarms(place)).toMatchObject({ 'aws-peer': [396, 'OK'], site: [-1, 'ALARM'] });
    const { code, text } = await clone.run('.ci/nightly', ['local', 'nightly.md']);
    expect(code, text).toBe(1);
    const summary = readFileSync(join(clone.folder, 'nightly.md'), 'utf8');
    expect(summary).toMatch(/^### local: provision doctor failed$/m);
    expect(summary).toContain(`make the DNS record: ${domain} A ${address}`);
    expect(summary).toMatch(/✗ domain points at the address\s+contracts\.dojang\.example has no address/);
    expect(summary).toMatch(/✗ certificate of the site lasts\s+expired/);
  });

  it('is issued anew by provision once the domain points here again', async () => {
    await clone.dojang('local', 'domain', '--points-to', 'aws');
    const { code, text } = await clone.dojang('provision', '--only', 'letsencrypt');
    expect(code, text).toBe(0);
    expect((await served(root)).verified).toBe('0 (ok)');
    // The failure of its renewal is over; the timer, which would end it, too, runs twice a day.
    expect(await place.must('aws', 'systemctl show -P Result certbot.service')).toBe('success');
  });

  it('gives way to one of a day, and doctor finds everything in order', async () => {
    await startAnew(daySeconds);
    const { code, text } = await clone.dojang('provision', '--only', 'letsencrypt');
    expect(code, text).toBe(0);
    expect((await served(await issuingRoot())).verified).toBe('0 (ok)');
    const doctor = await clone.dojang('doctor');
    expect(doctor.code, doctor.text).toBe(0);
    expect(doctor.text).toMatch(/✓ certificate of the site lasts +23 hours left/);
    expect(doctor.text).toMatch(/✓ certbot renews the certificate/);
  });
});

it('leaves nothing of the authority behind', async () => {
  const { code, text } = await clone.dojang('down', '--all', '--yes');
  expect(code, text).toBe(0);
  expect(existsSync(join(clone.folder, '.dojang/local'))).toBe(false);
});
