/**
 * What is made here is accepted by the TLS that both hosts speak, and what is not ours is refused.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { type DesiredCertificate, desiredCertificates } from '../../../lib/pki/desired.ts';
import { Secret } from '../../../lib/values/secret.ts';
import { type Authority, certifyAuthority, issue, newKey, readCertificates, readKeys } from '../../../scripts/io/pki.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-pki-'));
const now = new Date();
const { certificates } = desiredCertificates(environmentOf(service, 'local'), { aws: '203.0.113.10', gcp: '127.0.0.1' }, ['localhost']);

interface Shown {
  readonly cert: string;
  readonly key: string;
}

let ours: Authority;
let next: Authority;
let foreign: Authority;

beforeAll(async () => {
  [ours, next, foreign] = await Promise.all([authority(), authority(), authority()]);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function authority(at = now): Promise<Authority> {
  const key = await newKey();
  return { key, certificate: await certifyAuthority(key, 'dojang-local authority', at) };
}

function wanted(id: DesiredCertificate['id']): DesiredCertificate {
  const found = certificates.find((each) => each.id === id);
  if (!found) throw new Error(`no certificate ${id}`);
  return found;
}

async function shownBy(id: DesiredCertificate['id'], by: Authority, at = now): Promise<Shown> {
  const { certificate, key } = await issue(wanted(id), by, at);
  return { cert: certificate, key: key.pem.reveal() };
}

/**
 * Speaks mutual TLS once, as the two hosts do. Returns what the client received: `ok`, or nothing
 * or an error when either side refused.
 */
async function handshake(server: Shown, serverTrusts: string, client: Partial<Shown>, clientTrusts: string, name = 'ai'): Promise<string> {
  const listener = createServer({ ...server, ca: serverTrusts, requestCert: true, rejectUnauthorized: true }, (socket) => socket.end('ok'));
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const { port } = listener.address() as AddressInfo;
  const socket = connect({ ...client, host: '127.0.0.1', port, ca: clientTrusts, servername: name });
  try {
    return await receivedBy(socket);
  } finally {
    socket.destroy();
    listener.close();
  }
}

function receivedBy(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    socket.on('data', (data) => {
      received += data;
    });
    socket.once('error', (error) => resolve(`refused: ${error.message}`));
    socket.once('close', () => resolve(received));
  });
}

describe('mutual TLS', () => {
  it('holds between the two hosts', async () => {
    const [server, client] = await Promise.all([shownBy('gcp-peer', ours), shownBy('aws-peer', ours)]);
    expect(await handshake(server, ours.certificate, client, ours.certificate)).toBe('ok');
  });

  it('is refused by the AI server without a certificate, with one of another authority, and with one that may only serve', async () => {
    const server = await shownBy('gcp-peer', ours);
    expect(await handshake(server, ours.certificate, {}, ours.certificate)).not.toBe('ok');
    expect(await handshake(server, ours.certificate, await shownBy('aws-peer', foreign), ours.certificate)).not.toBe('ok');
    expect(await handshake(server, ours.certificate, await shownBy('site', ours), ours.certificate)).not.toBe('ok');
  });

  it('is refused by the API when the server is of another authority, has another name, or may only be a client', async () => {
    const client = await shownBy('aws-peer', ours);
    const both = `${ours.certificate}${foreign.certificate}`;
    expect(await handshake(await shownBy('gcp-peer', foreign), both, client, ours.certificate)).toMatch(/refuse/);
    expect(await handshake(await shownBy('gcp-peer', ours), both, client, ours.certificate, 'other')).toMatch(/altnames/);
    expect(await handshake(await shownBy('aws-peer', ours), both, client, ours.certificate, 'api')).toMatch(/purpose/);
  });

  it('is refused with a certificate that has ended', async () => {
    const client = await shownBy('aws-peer', ours, new Date(now.getTime() - 398 * 86_400_000));
    expect(await handshake(await shownBy('gcp-peer', ours), ours.certificate, client, ours.certificate)).not.toBe('ok');
  });

  it('holds at every step of a replacement of the authority, whichever host is updated first', async () => {
    const [oldServer, oldClient] = await Promise.all([shownBy('gcp-peer', ours), shownBy('aws-peer', ours)]);
    const [newServer, newClient] = await Promise.all([shownBy('gcp-peer', next), shownBy('aws-peer', next)]);
    const both = `${ours.certificate}${next.certificate}`;
    const steps: [Shown, string, Shown, string][] = [
      [oldServer, both, oldClient, ours.certificate],
      [oldServer, ours.certificate, oldClient, both],
      [oldServer, both, oldClient, both],
      [newServer, both, oldClient, both],
      [oldServer, both, newClient, both],
      [newServer, both, newClient, both],
      [newServer, next.certificate, newClient, both],
      [newServer, both, newClient, next.certificate],
      [newServer, next.certificate, newClient, next.certificate],
    ];
    for (const [server, serverTrusts, client, clientTrusts] of steps) {
      expect(await handshake(server, serverTrusts, client, clientTrusts)).toBe('ok');
    }
    expect(await handshake(oldServer, next.certificate, newClient, next.certificate)).not.toBe('ok');
  });
});

describe('openssl', () => {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const openssl = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    return { status, said: stdout + stderr };
  };
  const verify = (shown: Shown, trusted: string, ...options: string[]) => {
    return openssl('verify', '-x509_strict', ...options, '-CAfile', write('ca.pem', trusted), write('leaf.pem', shown.cert));
  };

  it('accepts each certificate for its purpose, strictly, and for nothing else', async () => {
    const [server, client] = await Promise.all([shownBy('gcp-peer', ours), shownBy('aws-peer', ours)]);
    expect(verify(server, ours.certificate, '-purpose', 'sslserver', '-verify_hostname', 'ai')).toMatchObject({ status: 0 });
    expect(verify(server, ours.certificate, '-purpose', 'sslserver', '-verify_ip', '127.0.0.1')).toMatchObject({ status: 0 });
    expect(verify(client, ours.certificate, '-purpose', 'sslclient')).toMatchObject({ status: 0 });
    expect(verify(client, ours.certificate, '-purpose', 'sslserver').status).not.toBe(0);
    expect(verify(client, foreign.certificate, '-purpose', 'sslclient').status).not.toBe(0);
    expect(verify(client, `${foreign.certificate}${ours.certificate}`, '-purpose', 'sslclient')).toMatchObject({ status: 0 });
  });

  it('accepts no authority below ours', async () => {
    const below = await shownBy('site', ours);
    const [key] = await readKeys(Secret.of(below.key));
    if (!key) throw new Error('no key');
    const child = await shownBy('aws-peer', { key, certificate: below.cert });
    const chain = write('below.pem', below.cert);
    expect(verify(child, ours.certificate, '-untrusted', chain).status).not.toBe(0);
  });

  it('reads the keys as PKCS#8 on P-256', async () => {
    const { key } = await shownBy('aws-peer', ours);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(openssl('pkey', '-in', write('key.pem', key), '-noout', '-text').said).toContain('prime256v1');
  });
});

describe('reading', () => {
  it('returns what was made', async () => {
    const shown = await shownBy('gcp-peer', ours);
    const [facts, second] = await readCertificates(`${shown.cert}${ours.certificate}`);
    expect(facts).toMatchObject({ commonName: 'ai', names: ['DNS:ai', 'IP:127.0.0.1'], issuerKeyId: ours.key.keyId });
    expect(facts?.keyId).toBe((await readKeys(Secret.of(shown.key)))[0]?.keyId);
    expect(facts?.notAfter.getTime()).toBeCloseTo(now.getTime() + 397 * 86_400_000, -4);
    expect(second).toMatchObject({ keyId: ours.key.keyId, commonName: `dojang-local authority ${ours.key.keyId.slice(0, 8)}` });
  });

  it('a name with a comma stays one name: nothing in it becomes an attribute of its own', async () => {
    const { certificate } = await issue({ commonName: 'x,CN=api', names: ['DNS:x'], use: 'client' }, ours, now);
    expect((await readCertificates(certificate))[0]?.commonName).toBe('x,CN=api');
  });

  it('ends with the authority at the latest', async () => {
    const ending = await authority(new Date(now.getTime() - 3600 * 86_400_000));
    const [facts] = await readCertificates((await shownBy('aws-peer', ending)).cert);
    const [signer] = await readCertificates(ending.certificate);
    expect(facts?.notAfter).toEqual(signer?.notAfter);
  });

  it.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])('finds nothing in %j', async (text) => {
    expect(await readCertificates(text)).toEqual([]);
    expect(await readKeys(Secret.of(text.replaceAll('CERTIFICATE', 'PRIVATE KEY')))).toEqual([]);
  });
});
