/**
 * The door of the AI server: a real nginx, and certificates of the authority that both clouds
 * trust.
 */
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, type webcrypto } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ExtendedKeyUsage, ExtendedKeyUsageExtension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { type Authority, certifyAuthority, issue, newKey } from '../../../../scripts/io/pki.ts';
import { local, localFacts, stepOf } from '../recipes.ts';
import { freePorts, Nginx } from './nginx.ts';

interface Shown {
  readonly cert: string;
  readonly key: string;
}

const server: Server = createServer((incoming, response) => {
  incoming.resume();
  incoming.once('end', () => response.end('{"ok":true}'));
});
let nginx: Nginx;
let port = 0;
let authority: Authority;

async function newAuthority(): Promise<Authority> {
  const key = await newKey();
  return { key, certificate: await certifyAuthority(key, 'test authority', new Date()) };
}

async function issued(name: string, use: 'client' | 'server', by = authority): Promise<Shown> {
  const { key, certificate } = await issue({ commonName: name, names: [`DNS:${name}`], use }, by, new Date());
  return { cert: certificate, key: key.pem.reveal() };
}

/** A client's certificate with another subject, signed with the key of the same authority. */
async function withSubject(subject: { [type: string]: string[] }[]): Promise<Shown> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const [own, signer] = [await newKey(), await imported(authority.key.pem.reveal())];
  const pair = await imported(own.pem.reveal());
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '0102',
    subject,
    issuer: new X509Certificate(authority.certificate).subject,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    publicKey: pair.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
  });
  return { cert: certificate.toString('pem'), key: own.pem.reveal() };
}

async function imported(pem: string): Promise<webcrypto.CryptoKeyPair> {
  const [curve, key] = [{ name: 'ECDSA', namedCurve: 'P-256' }, createPrivateKey(pem)];
  return {
    privateKey: key.toCryptoKey(curve, true, ['sign']),
    publicKey: createPublicKey(key).toCryptoKey(curve, true, ['verify']),
  };
}

function ask(shown: Partial<Shown>, body = ''): Promise<{ status: number; type: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: '/health',
      method: body ? 'POST' : 'GET',
      ...shown,
      rejectUnauthorized: false,
      agent: false,
    };
    const sent = request(options, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '' }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  authority = await newAuthority();
  const own = await issued('ai', 'server');
  [port = 0] = await freePorts(1);
  nginx = await Nginx.start({
    step: stepOf(hostRecipe(local, 'gcp', localFacts), 'nginx-site'),
    ports: { [local.gcp.aiPort]: port, 8000: (server.address() as AddressInfo).port },
    tls: { 'ca.pem': authority.certificate, 'peer.pem': own.cert, 'peer-key.pem': own.key },
    ...(process.getuid?.() === 0 && { temporaryMib: 2 }),
  });
});
afterAll(async () => {
  await nginx.stop();
  server.close();
});

describe('the door of the AI server', () => {
  it("opens to the API's certificate, and to the one that it is renewed by", async () => {
    for (let count = 0; count < 2; count++) expect(await ask(await issued('api', 'client'))).toMatchObject({ status: 200 });
  });

  it.each<[string, () => Promise<Partial<Shown>>, number]>([
    ['no certificate', async () => ({}), 400],
    ["the server's own", () => issued('ai', 'server'), 400],
    ['another client of the authority', () => issued('web', 'client'), 403],
    ["the API's name, signed for a server", () => issued('api', 'server'), 400],
    ["the API's name, of another authority", async () => issued('api', 'client', await newAuthority()), 400],
    ["the API's name behind a comma", () => withSubject([{ O: ['x,CN=api'] }]), 403],
    ["the API's name before a comma", () => withSubject([{ O: ['CN=api,x'] }]), 403],
    ["the API's name behind a comma of another name", () => withSubject([{ CN: ['x,CN=api'] }]), 403],
    ["the API's name beside another attribute", () => withSubject([{ O: ['other'] }, { CN: ['api'] }]), 403],
    ["the API's name and another one", () => withSubject([{ CN: ['api'] }, { CN: ['web'] }]), 403],
    ["a name that ends in the API's", () => withSubject([{ CN: ['web api'] }]), 403],
    ["the API's name in other letters", () => withSubject([{ CN: ['API'] }]), 403],
  ])('stays shut to %s', async (_, shown, status) => {
    expect(await ask(await shown())).toMatchObject({ status });
  });
});

describe.runIf(process.getuid?.() === 0)('when the file system of temporary files is full', () => {
  it('a body that needs it is answered 503 in the form of problems, and what needs none goes on', async () => {
    const api = await issued('api', 'client');
    const cache = join(nginx.folder, 'cache');
    const { bavail, bsize } = statfsSync(cache);
    execFileSync('dd', ['if=/dev/zero', `of=${cache}/full`, `bs=${bsize}`, `count=${bavail}`], { stdio: 'ignore' });
    expect(await ask(api, 'x'.repeat(1024 * 1024))).toEqual({ status: 503, type: expect.stringContaining('application/problem+json') });
    expect(await ask(api)).toMatchObject({ status: 200 });
  });
});
