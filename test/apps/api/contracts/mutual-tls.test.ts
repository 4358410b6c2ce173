import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AiClient } from '../../../../apps/api/src/contracts/ai/client.ts';
import type { DesiredCertificate } from '../../../../lib/pki/desired.ts';
import { type Authority, certifyAuthority, issue, newKey } from '../../../../scripts/io/pki.ts';
import { behave, FakeAi } from './fake-ai.ts';

const log = pino({ level: 'silent' });
const question = { requestId: 'r', locale: 'ko', pages: [{ kind: 'text', text: '글' }], waitSeconds: 60 } as const;
const never = new AbortController().signal;

let folder: string;
const servers: FakeAi[] = [];
const clients: AiClient[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-tls-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const server of servers.splice(0)) await server.stop();
  rmSync(folder, { recursive: true });
});

async function authority(): Promise<Authority> {
  const key = await newKey();
  return { key, certificate: await certifyAuthority(key, 'test', new Date()) };
}

const leaf = (use: 'client' | 'server', name: string): DesiredCertificate => {
  const parameters = { certificate: '', key: '' };
  return { id: 'aws-peer', host: 'aws', title: name, commonName: name, names: [`DNS:${name}`], use, parameters };
};

async function serverOf(signer: Authority, name = 'ai'): Promise<FakeAi> {
  const { key, certificate } = await issue(leaf('server', name), signer, new Date());
  const tls: ServerOptions = {
    key: key.pem.reveal(),
    cert: certificate,
    ca: signer.certificate,
    requestCert: true,
    rejectUnauthorized: true,
  };
  const server = new FakeAi(tls);
  servers.push(server);
  await server.start();
  return server;
}

/** Puts a client's certificate and what it trusts where the settings say. */
async function write(signer: Authority, trusted: Authority = signer): Promise<void> {
  const { key, certificate } = await issue(leaf('client', 'api'), signer, new Date());
  writeFileSync(join(folder, 'ca.pem'), trusted.certificate);
  writeFileSync(join(folder, 'cert.pem'), certificate);
  writeFileSync(join(folder, 'key.pem'), key.pem.reveal());
}

function client(server: FakeAi): AiClient {
  const file = (name: string) => join(folder, name);
  const made = new AiClient(server.url, { ca: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem'), name: 'ai' }, log);
  clients.push(made);
  return made;
}

it('reaches the server that has the expected name and lets our certificate in', async () => {
  const ours = await authority();
  const server = await serverOf(ours);
  await write(ours);
  const ai = client(server);
  expect((await ai.ask(question, never)).kind).toBe('answer');
  expect(await ai.healthy()).toBe(true);
});

it.each([
  ['has another name', async (ours: Authority) => serverOf(ours, 'api')],
  ['has a certificate of another authority', async () => serverOf(await authority())],
])('does not send a contract to a server that %s', async (_, make) => {
  const ours = await authority();
  const server = await make(ours);
  await write(ours);
  const ai = client(server);
  expect((await ai.ask(question, never)).kind).toBe('unavailable');
  expect(await ai.healthy()).toBe(false);
  expect(server.asked).toEqual([]);
});

it('is refused with a certificate of another authority', async () => {
  const ours = await authority();
  const server = await serverOf(ours);
  await write(await authority(), ours);
  expect((await client(server).ask(question, never)).kind).toBe('unavailable');
  expect(server.asked).toEqual([]);
});

it('takes renewed certificates from the disk, but not a pair that does not fit together', async () => {
  const [before, after] = [await authority(), await authority()];
  const [old, renewed] = [await serverOf(before), await serverOf(after)];
  await write(before);
  const toOld = client(old);
  const toRenewed = client(renewed);
  expect((await toOld.ask(question, never)).kind).toBe('answer');
  expect((await toRenewed.ask(question, never)).kind).toBe('unavailable');
  writeFileSync(join(folder, 'key.pem'), (await newKey()).pem.reveal());
  expect((await toOld.ask(question, never)).kind).toBe('answer');
  await write(after);
  expect((await toRenewed.ask(question, never)).kind).toBe('answer');
  expect((await toOld.ask(question, never)).kind).toBe('unavailable');
});

it('lets a call that is under way end on the old certificates', async () => {
  const ours = await authority();
  const server = await serverOf(ours);
  server.behaviour = behave.answer(300);
  await write(ours);
  const ai = client(server);
  const slow = ai.ask(question, never);
  await expect.poll(() => server.asked.length).toBe(1);
  await write(ours);
  server.behaviour = behave.answer();
  expect((await ai.ask(question, never)).kind).toBe('answer');
  expect((await slow).kind).toBe('answer');
});

it('has no certificate at all to show, and says so as an outcome', async () => {
  const server = await serverOf(await authority());
  expect((await client(server).ask(question, never)).kind).toBe('unavailable');
});
