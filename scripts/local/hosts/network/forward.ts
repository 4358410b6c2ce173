/**
 * Run inside a network namespace: relays between its network and UNIX sockets, which are the same
 * in every namespace. Arguments: pairs of endpoints, from and to. Ends when its standard input
 * does, with the process that started it.
 */
import { type Endpoint, relay } from './relay.ts';

const endpoints = process.argv.slice(2) as Endpoint[];
for (let at = 0; at + 1 < endpoints.length; at += 2) {
  const [from, to] = endpoints.slice(at, at + 2);
  if (from) await relay(from, () => to);
}
for await (const _ of process.stdin);
process.exit();
