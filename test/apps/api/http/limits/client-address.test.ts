import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { AppEnv } from '../../../../../apps/api/src/http/env.ts';
import { clientAddress } from '../../../../../apps/api/src/http/limits/client-address.ts';

const app = new Hono<AppEnv>().get('/', (c) => c.text(clientAddress(c)));

async function from(remoteAddress: string | undefined, forwarded?: string): Promise<string> {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).text();
}

it.each([
  ['what nginx on the same machine has seen', '127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['the same over IPv6', '::1', '198.51.100.7', '198.51.100.7'],
  ['the same over a mapped address', '::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['the socket, where there is no proxy', '203.0.113.9', undefined, '203.0.113.9'],
  ['the socket, where a client only claims to be a proxy', '203.0.113.9', '198.51.100.7', '203.0.113.9'],
  ['the socket, where the header is a list: ours has one address', '127.0.0.1', '198.51.100.7, 203.0.113.9', '127.0.0.1'],
  ['the socket, where the header is no address', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['a mapped address as the IPv4 address that it is', '127.0.0.1', '::ffff:198.51.100.7', '198.51.100.7'],
  ['the network of an IPv6 address, from which a subscriber chooses freely', '127.0.0.1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['the network also of an address with a zone', 'fe80::1:2:3%eth0', undefined, 'fe80::/64'],
])('the address of a client is %s', async (_, peer, forwarded, address) => {
  expect(await from(peer, forwarded)).toBe(address);
});
