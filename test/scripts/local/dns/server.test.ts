import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DnsServer, Packet, TCPClient, UDPClient } from 'dns2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOfDomain, pointDomain, recordsIn, serviceNames } from '../../../../scripts/local/dns/records.ts';
import { startNameServer } from '../../../../scripts/local/dns/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-dns-'));
const domain = 'Contracts.dojang.example';
let server: DnsServer;
let port = 0;

beforeAll(async () => {
  // Another port for each protocol where any is taken: one that is free for TCP is tried for UDP
  // too.
  server = await startNameServer('127.0.0.1', 0, () => recordsIn(folder));
  port = server.addresses().udp?.port ?? 0;
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (name: string, type: 'A' | 'AAAA' = 'A') => UDPClient({ dns: '127.0.0.1', port })(name, type);
const addresses = ({ answers }: Packet) => answers.map(({ address }) => address);

it('knows the services of the internet, over UDP and over TCP', async () => {
  expect(addresses(await ask(serviceNames.acme))).toEqual(['192.0.2.30']);
  const tcp = TCPClient({ dns: '127.0.0.1', port: server.addresses().tcp?.port ?? 0 });
  expect(addresses(await tcp(serviceNames.signIn, 'A'))).toEqual(['192.0.2.20']);
});

it('a domain has no record until its owner makes one, and none again when that is removed', async () => {
  const missing = await ask(domain);
  expect(missing.header.rcode).toBe(Packet.RCODE.NXDOMAIN);
  pointDomain(folder, domain, '203.0.113.10');
  expect(addresses(await ask(domain))).toEqual(['203.0.113.10']);
  expect(addresses(await ask(domain.toUpperCase()))).toEqual(['203.0.113.10']);
  expect(addressOfDomain(folder, domain)).toBe('203.0.113.10');
  pointDomain(folder, domain, undefined);
  expect((await ask(domain)).header.rcode).toBe(Packet.RCODE.NXDOMAIN);
});

it('a name with an address has no other record, and is not said to be unknown', async () => {
  const { header, answers } = await ask(serviceNames.acme, 'AAAA');
  expect(header.rcode).toBe(Packet.RCODE.NOERROR);
  expect(answers).toEqual([]);
});

it('the name of a service cannot be taken', async () => {
  pointDomain(folder, serviceNames.acme, '192.0.2.50');
  expect(addresses(await ask(serviceNames.acme))).toEqual(['192.0.2.30']);
});
