/**
 * The three ways through the wall around the embedded internet: the user's browser in, the hosts to
 * AWS and to the sign-in provider.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { remove } from '../../../io/state.ts';
import { serviceAddress } from './network.ts';
import { type Endpoint, relay } from './relay.ts';
import { supervise } from './supervise.ts';

export interface ForwarderOptions {
  readonly prefix: string;
  /** Port of the local AWS on this machine, asked for each connection. */
  readonly awsPort: () => number | undefined;
  /** Port of the sign-in provider on this machine, asked for each connection. */
  readonly signInPort: () => number | undefined;
  /** The port that the browser used before. */
  readonly browserPort: number | undefined;
  readonly log: (line: string) => void;
}

export interface Forwarders {
  /** Where the user's browser enters, on 127.0.0.1. */
  readonly browserPort: number;
  /** Leads the browser to this address from now on. */
  leadTo(address: string | undefined): void;
}

const program = fileURLToPath(new URL('forward.ts', import.meta.url));
const customaryPort = 8443;

/**
 * Where the sockets of a clone are. A path in the clone's folder could be longer than a socket's
 * may be.
 */
export const socketsFolder = (prefix: string) => `/run/${prefix}`;

export async function startForwarders(options: ForwarderOptions): Promise<Forwarders> {
  const { prefix, awsPort, signInPort, log } = options;
  const folder = socketsFolder(prefix);
  remove(folder);
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  const socket = (name: string): Endpoint => `unix:${join(folder, name)}`;
  await relay(socket('aws'), () => loopback(awsPort()));
  await relay(socket('sign-in'), () => loopback(signInPort()));
  const browserPort = await browserEntrance(socket('browser'), options.browserPort);
  const services = [`tcp:${serviceAddress.aws}:80`, socket('aws'), `tcp:${serviceAddress.signIn}:80`, socket('sign-in')];
  supervise(prefix, 'internet', 'the way to the services', [program, ...services], log);
  let browser: { readonly address?: string; stop(): void } | undefined;
  return {
    browserPort,
    leadTo(address) {
      if (browser?.address === address) return;
      browser?.stop();
      remove(join(folder, 'browser'));
      browser = address
        ? { address, stop: supervise(prefix, 'visitor', 'the way of the browser', [program, socket('browser'), `tcp:${address}:443`], log) }
        : undefined;
    },
  };
}

/** The port of the last start, else the customary one, else any. */
async function browserEntrance(to: Endpoint, before: number | undefined): Promise<number> {
  for (const port of [before, customaryPort]) {
    const server = port === undefined ? undefined : await relay(`tcp:127.0.0.1:${port}`, () => to).catch(() => undefined);
    if (server && port !== undefined) return port;
  }
  const address = (await relay('tcp:127.0.0.1:0', () => to)).address();
  return typeof address === 'object' && address ? address.port : 0;
}

function loopback(port: number | undefined): Endpoint | undefined {
  return port === undefined ? undefined : `tcp:127.0.0.1:${port}`;
}
