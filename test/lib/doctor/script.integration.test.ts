/**
 * The rendered scripts, really run on this machine, whose services are stood in for by servers on
 * loopback.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checksOf } from '../../../lib/doctor/checks.ts';
import { factsOf, isComplete } from '../../../lib/doctor/facts.ts';
import { hostScript } from '../../../lib/doctor/script.ts';
import { desiredCertificates } from '../../../lib/pki/desired.ts';
import { type Authority, certifyAuthority, issue, newKey } from '../../../scripts/io/pki.ts';
import { local, prod } from './subject.ts';

const loopback = { aws: '127.0.0.1', gcp: '127.0.0.1' };
const folder = mkdtempSync(join(tmpdir(), 'dojang-doctor-'));
const password = 'a"b\\c$d`e f';
let ours: Authority;
let server: Server | undefined;

beforeAll(async () => {
  mkdirSync(join(folder, 'etc/tls'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  ours = await authority();
  write('etc/tls/ca.pem', ours.certificate);
  const peer = await certificate('aws-peer', ours);
  write('etc/tls/peer.pem', peer.cert);
  write('etc/tls/peer-key.pem', peer.key);
});
afterEach(() => {
  server?.close();
  server = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

async function authority(): Promise<Authority> {
  const key = await newKey();
  return { key, certificate: await certifyAuthority(key, 'dojang-local authority', new Date()) };
}

async function certificate(id: string, by: Authority) {
  const wanted = desiredCertificates(local, loopback).certificates.find((each) => each.id === id);
  if (!wanted) throw new Error(`no certificate ${id}`);
  const made = await issue(wanted, by, new Date());
  return { cert: made.certificate, key: made.key.pem.reveal() };
}

/** An AI server that wants a certificate, or forgets to. Answers its port. */
async function aiServer(strict: boolean): Promise<number> {
  const own = await certificate('gcp-peer', ours);
  const started = createServer({ ...own, ca: ours.certificate, requestCert: strict, rejectUnauthorized: strict }, (_, response) =>
    response.end('{"ok":true,"engine":"offline"}'),
  );
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, '127.0.0.1', resolve);
  });
  return (started.address() as AddressInfo).port;
}

/** Runs the script of the AWS host with its files in our folder; answers verdicts by id. */
async function doctorOnAws(aiPort: number) {
  const environment = { ...local, gcp: { ...local.gcp, aiPort } };
  const checks = checksOf(environment, loopback).hosts.aws;
  const script = hostScript(checks)
    .replaceAll('/etc/dojang', join(folder, 'etc'))
    .replace('PATH=', `PATH=${join(folder, 'bin')}:`);
  const began = new Date();
  const stdout = await output(script);
  const facts = factsOf(stdout);
  const asked = { began, ended: new Date() };
  const verdict = (id: string) => {
    const check = checks.find((each) => each.id === id);
    return check?.verdict(facts(check.probe.name), asked);
  };
  return { stdout, verdict };
}

function output(script: string): Promise<string> {
  const child = spawn('bash', ['-s'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stdin.end(script);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(out));
  });
}

it.each(['aws', 'gcp'] as const)('the script of the %s host passes shellcheck', (host) => {
  for (const environment of [local, prod]) {
    const input = hostScript(checksOf(environment, loopback).hosts[host]);
    // Checks share functions, of which one does not call all.
    const { status, stdout, error } = spawnSync('shellcheck', ['--shell=bash', '--exclude=SC2317', '-'], { input, encoding: 'utf8' });
    expect(error, 'shellcheck is needed: apt install shellcheck').toBeUndefined();
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }
});

describe('on a real machine', () => {
  it('finds an AI port that only our certificate opens', async () => {
    const { stdout, verdict } = await doctorOnAws(await aiServer(true));
    expect(isComplete(stdout)).toBe(true);
    expect(verdict('ai-port')).toEqual({ ok: true, detail: 'engine offline' });
    expect(verdict('ai-port-bare')).toMatchObject({ ok: true });
    expect(verdict('ai-port-foreign')).toMatchObject({ ok: true });
    expect(verdict('certificate-gcp')).toEqual({ ok: true, detail: '396 days left' });
    expect(verdict('certificate-aws')).toEqual({ ok: true, detail: '396 days left' });
    expect(verdict('authority-aws')).toMatchObject({ ok: true });
  });

  it('is red when the AI port is open without a certificate', async () => {
    const { verdict } = await doctorOnAws(await aiServer(false));
    expect(verdict('ai-port')).toMatchObject({ ok: true });
    expect(verdict('ai-port-bare')).toMatchObject({ ok: false, detail: 'it was let in: HTTP 200' });
    expect(verdict('ai-port-foreign')).toMatchObject({ ok: false, detail: 'it was let in: HTTP 200' });
  });

  it('reports the clock and the free space of this machine', async () => {
    const { verdict } = await doctorOnAws(1);
    expect(verdict('clock-aws')).toMatchObject({ ok: true });
    expect(verdict('disk-aws-root')?.detail).toMatch(/^\d+ % used, [\d.]+ GiB free$/);
    expect(verdict('ai-port')).toMatchObject({ ok: false });
  });

  it('signs in to MySQL with the settings of the API, and shows the password nowhere', async () => {
    const quoted = password.replaceAll(/[\\"$`]/g, (each) => `\\${each}`);
    write('etc/api.env', `MYSQL_USER="api"\nMYSQL_PASSWORD="${quoted}"\nMYSQL_SOCKET="/run/mysqld/mysqld.sock"\n`);
    // Stands in for the client: keeps what it was called with and the options that it read.
    write('bin/mysql', `#!/bin/bash\nprintf '%s\\n' "$@" >${folder}/arguments\ncat "\${1#--defaults-file=}" >${folder}/options\necho 1\n`);
    chmodSync(join(folder, 'bin/mysql'), 0o755);
    const { stdout, verdict } = await doctorOnAws(1);
    expect(verdict('mysql')).toMatchObject({ ok: true });
    expect(readFileSync(join(folder, 'options'), 'utf8')).toBe(
      '[client]\nuser=api\npassword="a\\"b\\\\c$d`e f"\nsocket=/run/mysqld/mysqld.sock\n',
    );
    expect(readFileSync(join(folder, 'arguments'), 'utf8') + stdout).not.toContain(password.slice(0, 3));
  });

  it('leaves nothing behind', async () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const stdout = await output(`export TMPDIR=${temporary}\n${hostScript(checksOf(local, loopback).hosts.gcp)}`);
    expect(isComplete(stdout)).toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
