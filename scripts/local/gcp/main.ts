/**
 * The daemon of the embedded GCP: one process that serves the Pulumi provider and the REST APIs.
 * Its argument is its folder.
 */
import { createServer, type Server as HttpServer } from 'node:http';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { readJson, writeJson } from '../../io/state.ts';
import { type GcpPorts, portsFile } from './ports.ts';
import { providerService } from './provider/provider.ts';
import { Store } from './resources/store.ts';
import { restServer } from './rest/rest.ts';

const host = '127.0.0.1';
/** The engine sends whole states: the SDK allows 400 MB a message, and so do we. */
const messageLimit = 400 * 1024 * 1024;

const folder = process.argv[2];
if (!folder) throw new DojangError('no-folder', 'the embedded GCP needs the folder of its state as its argument');
await serve(folder);

/**
 * Ports stay the same from one life to the next where they can: shells that export them go on
 * working.
 */
async function serve(at: string): Promise<void> {
  const before = readJson<GcpPorts>(portsFile(at));
  const store = new Store(at);
  const provider = await listenGrpc(store, before?.provider);
  const rest = await listenHttp(restServer(store), before?.rest);
  writeJson(portsFile(at), { provider, rest } satisfies GcpPorts);
}

async function listenGrpc(store: Store, preferred = 0): Promise<number> {
  const server = new Server({ 'grpc.max_receive_message_length': messageLimit, 'grpc.max_send_message_length': messageLimit });
  server.addService(ResourceProviderService, providerService(store));
  const bind = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
    });
  return bind((await isFree(preferred)) ? preferred : 0);
}

async function listenHttp(server: HttpServer, preferred = 0): Promise<number> {
  const port = (await isFree(preferred)) ? preferred : 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return portOf(server);
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false)).listen(port, host, () => probe.close(() => resolve(true)));
  });
}

function portOf(server: HttpServer): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
