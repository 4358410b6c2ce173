/**
 * The name server of the embedded internet, run inside its namespace. Arguments: the folder of its
 * records, and the address to listen on. Ends when its standard input does, with the process that
 * started it.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { recordsIn } from './records.ts';
import { startNameServer } from './server.ts';

const [folder, address] = process.argv.slice(2);
if (!folder || !address) throw new DojangError('no-folder', 'the name server needs the folder of its records and its address as arguments');

await startNameServer(address, 53, () => recordsIn(folder));
for await (const _ of process.stdin);
process.exit();
