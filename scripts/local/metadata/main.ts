/**
 * The metadata services of the embedded internet, run inside its namespace. Arguments: the folder
 * of the hosts, and the address to listen on. Ends when its standard input does, with the process
 * that started it.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { nodesOf } from '../hosts/files.ts';
import { startMetadata } from './server.ts';

const [folder, address] = process.argv.slice(2);
if (!folder || !address)
  throw new DojangError('no-folder', 'the metadata services need the folder of the hosts and their address as arguments');

await startMetadata(address, 80, (asking) => nodesOf(folder).find((node) => node.address === asking)?.host);
for await (const _ of process.stdin);
process.exit();
