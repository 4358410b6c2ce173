/**
 * Tries one port from the network namespace of this process. Arguments: address, port, limit in
 * milliseconds.
 */
import { tryPort } from '../../../io/network/tcp-probe.ts';

const [address = '', port, limit] = process.argv.slice(2);
process.stdout.write(`${await tryPort(address, Number(port), Number(limit))}\n`);
