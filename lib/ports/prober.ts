/** The port through which ports are tried: whether a connection comes about, and nothing more. */

/** `refused`: the packet arrived, and no program listens. `silent`: nothing came back. */
export type PortOutcome = 'open' | 'refused' | 'silent';

export interface Prober {
  /** Tries one TCP connection and closes it at once. */
  connect(from: 'external', address: string, port: number, limitMs: number): Promise<PortOutcome>;
}
