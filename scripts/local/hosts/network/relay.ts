/**
 * Carries TCP and UNIX connections from one place to another: many at once, each half closed on its
 * own.
 */
import { connect, createServer, type ListenOptions, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** Like `unix:/run/x.sock` or `tcp:192.0.2.10:80`. */
export type Endpoint = `unix:${string}` | `tcp:${string}:${number}`;

/**
 * Listens and carries each connection to where `target` says at that moment; without a target it is
 * refused.
 */
export async function relay(from: Endpoint, target: () => Endpoint | undefined): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (incoming) => {
    const to = target();
    if (to) join(incoming, connect({ ...optionsOf(to), allowHalfOpen: true, noDelay: true } as NetConnectOpts));
    else incoming.destroy();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(optionsOf(from), resolve));
  return server;
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.once('error', () => to.destroy());
    // What is on its way to the other side still arrives there.
    from.once('close', (failed) => (failed ? to.destroy() : to.end()));
    from.pipe(to);
  }
}

function optionsOf(endpoint: Endpoint): ListenOptions & { path?: string } {
  const [kind, first = '', port] = endpoint.split(':');
  return kind === 'unix' ? { path: first } : { host: first, port: Number(port) };
}
