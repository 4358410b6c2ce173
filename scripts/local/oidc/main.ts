/**
 * The daemon of the sign-in provider. Its arguments: its folder, and a JSON list of where it may
 * send the browser back to.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { readJson, writeJson } from '../../io/state.ts';
import { portFile } from './places.ts';
import { signInServer } from './server.ts';

const [folder, uris] = process.argv.slice(2);
if (!folder || !uris) throw new DojangError('no-folder', 'the sign-in provider needs its folder and its redirect URIs as arguments');

const server = createServer();
const port = await listen(server, readJson<{ port: number }>(portFile(folder))?.port ?? 0);
const handler = await signInServer({ folder, port, redirectUris: JSON.parse(uris) });
server.on('request', (request, response) => {
  handler(request, response).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    response.writeHead(500).end();
  });
});
writeJson(portFile(folder), { port });

/** The port of its last life where that is still free: a page that is open goes on working. */
async function listen(on: Server, preferred: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    on.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? on.listen(0, '127.0.0.1') : reject(error)));
    on.once('listening', resolve);
    on.listen(preferred, '127.0.0.1');
  });
  return (on.address() as AddressInfo).port;
}
