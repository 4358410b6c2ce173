/** Which address a request comes from, as far as limits per address need it. */

import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';
import type { AppEnv } from '../env.ts';

/**
 * Of an IPv6 address: what one subscriber gets at the least, and can choose from freely (RFC 6177).
 */
const subscriberBits = 64;

/**
 * nginx on the same machine replaces `X-Forwarded-For` by the one address that it sees; from
 * anywhere else, or with several addresses in it, the header is a claim of the client and the
 * socket counts. @returns an IPv4 address, or an IPv6 network like `2001:db8:1:2::/64`
 */
export function clientAddress(c: Context<AppEnv>): string {
  // There is no socket where a test calls the application itself.
  const peer = c.env?.incoming?.socket.remoteAddress;
  const forwarded = c.req.header('x-forwarded-for');
  const trusted = forwarded !== undefined && ipaddr.isValid(forwarded) && isLocal(peer);
  return subscriber(trusted ? forwarded : peer);
}

function isLocal(peer: string | undefined): boolean {
  return peer === undefined || (ipaddr.isValid(peer) && ipaddr.process(peer).range() === 'loopback');
}

function subscriber(text: string | undefined): string {
  if (text === undefined || !ipaddr.isValid(text)) return 'unknown';
  const address = ipaddr.process(text);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return `${new ipaddr.IPv6([...address.parts.slice(0, subscriberBits / 16), 0, 0, 0, 0])}/${subscriberBits}`;
}
