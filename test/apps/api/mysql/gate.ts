/** A proxy to MySQL that a test can shut: it refuses connections, or accepts them and is silent. */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MysqlSettings } from '../../../../apps/api/src/settings.ts';
import { remove } from '../../../../scripts/io/state.ts';

export class Gate {
  readonly settings: MysqlSettings;
  readonly #folder: string;
  readonly #beyond: MysqlSettings;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #silent = false;

  constructor(beyond: MysqlSettings) {
    this.#folder = mkdtempSync(join(tmpdir(), 'dojang-gate-'));
    this.#beyond = beyond;
    this.settings = { ...beyond, socket: join(this.#folder, 'socket') };
  }

  async open(): Promise<void> {
    this.#silent = false;
    for (const each of this.#sockets) each.resume();
    if (this.#server) return;
    this.#server = createServer((socket) => this.#through(socket)).listen(this.settings.socket);
    await once(this.#server, 'listening');
  }

  /** As when MySQL is stopped: connections break, new ones are refused. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const each of this.#sockets) each.destroy();
    this.#sockets.clear();
    server?.close();
    if (server) await once(server, 'close');
  }

  /** As when MySQL hangs: connections stay, and are made, but nothing is answered. */
  silence(): void {
    this.#silent = true;
    for (const each of this.#sockets) each.pause();
  }

  async remove(): Promise<void> {
    await this.shut();
    remove(this.#folder);
  }

  #through(near: Socket): void {
    const { socket, host, port } = this.#beyond;
    const far = socket ? connect(socket) : connect(port, host);
    for (const [each, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(each);
      each.on('data', (data) => other.write(data));
      each.on('error', () => other.destroy());
      each.on('close', () => {
        other.destroy();
        this.#sockets.delete(each);
      });
      if (this.#silent) each.pause();
    }
  }
}
