/** Tries TCP connections from this machine: what anyone on the internet would see. */
import { connect } from 'node:net';
import type { PortOutcome, Prober } from '../../../lib/ports/prober.ts';

export const tcpProbe: Prober = {
  connect: (_from, address, port, limitMs) => tryPort(address, port, limitMs),
};

/**
 * Only a reset says that the machine itself has answered; whatever else goes wrong, nothing of it
 * was reached.
 */
export function tryPort(address: string, port: number, limitMs: number): Promise<PortOutcome> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (outcome: PortOutcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(limitMs, () => end('silent'));
    socket.once('connect', () => end('open'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'));
  });
}
