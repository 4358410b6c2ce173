/**
 * The running service: a socket, the pool, the queue worker and the sweeping of sessions, begun and
 * ended in the right order.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from './app.ts';
import { contractsPart, type RunningContracts } from './contracts/index.ts';
import { openPool } from './db/pool.ts';
import type { Deps } from './deps.ts';
import type { Router } from './http/router.ts';
import { createHttpServer } from './http/server.ts';
import type { Logger } from './log.ts';
import { servingCheck } from './serving.ts';
import { Sessions } from './sessions/sessions.ts';
import type { Settings } from './settings.ts';
import { within } from './time-limit.ts';

/**
 * Running requests may take this long after a signal to end: as long as nginx waits for the slowest
 * answer (300 s for a contract), and 10 s less than systemd waits for the process
 * (lib/host/slots/drain.ts).
 */
export const graceMs = 300_000;
/** What has nothing more to do may take this long to end. */
const closeMs = 2_000;
const sweepMs = 10 * 60_000;

export class Service {
  readonly #deps: Deps;
  readonly #stopping = new AbortController();
  readonly #contracts: RunningContracts;
  readonly #app: Router;
  readonly #server: Server;
  #sweeper: NodeJS.Timeout | undefined;

  constructor(settings: Settings, log: Logger, migrations: string) {
    const clock = () => new Date();
    const db = openPool(settings.mysql);
    const [sessions, serves, stopping] = [new Sessions(db, clock), servingCheck(settings.slot, log), this.#stopping.signal];
    this.#deps = { settings, db, log, clock, sessions, serves, stopping, migrations };
    this.#contracts = contractsPart(this.#deps);
    this.#app = createApp(this.#deps, { contracts: this.#contracts });
    this.#server = createHttpServer(this.#app);
  }

  /**
   * Listens at once, so that health can be asked; works through contracts when the database has all
   * that this release needs.
   */
  async start(listening: () => Promise<void>): Promise<void> {
    const { settings, log } = this.#deps;
    this.#server.listen(settings.port, settings.host);
    await once(this.#server, 'listening');
    const { address, port } = this.#server.address() as AddressInfo;
    log.info({ host: address, port }, 'listening');
    await listening();
    if (await this.#whenReady()) this.#begin();
  }

  /**
   * No new requests; the running ones end, or are ended after `graceMs`. Bodies that still arrive
   * are read until then.
   */
  async stop(): Promise<void> {
    const { db, log } = this.#deps;
    this.#stopping.abort();
    clearInterval(this.#sweeper);
    const closed = new Promise((resolve) => this.#server.close(resolve));
    // A connection whose answer had begun before the signal stays open for the next request, which
    // it shall not wait for.
    const idle = setInterval(() => this.#server.closeIdleConnections(), 50);
    await within(Promise.all([closed, this.#contracts.stop()]), graceMs).catch(() => {
      log.warn({ afterMs: graceMs }, 'some requests did not end in time');
      this.#server.closeAllConnections();
    });
    clearInterval(idle);
    await within(this.#contracts.close(), closeMs).catch((error) => log.warn({ err: error }, 'processes that read contracts did not end'));
    await within(db.end(), 1_000).catch((error) => log.warn({ err: error }, 'the database connections did not close'));
  }

  #begin(): void {
    this.#contracts.start();
    this.#sweeper = setInterval(() => void this.#sweep(), sweepMs);
    this.#deps.log.info('ready');
  }

  async #sweep(): Promise<void> {
    const { sessions, serves, log } = this.#deps;
    if (!(await serves())) return;
    await sessions.sweep().then(
      (swept) => log.info({ swept }, 'expired sessions deleted'),
      (error) => log.warn({ err: error }, 'expired sessions could not be deleted'),
    );
  }

  /**
   * MySQL may start after us, and migrations may still run. @returns false when we were asked to
   * stop before
   */
  async #whenReady(): Promise<boolean> {
    const { log } = this.#deps;
    for (let tries = 0; !this.#stopping.signal.aborted; tries++) {
      const response = await this.#app.request('/health/readiness');
      if (response.ok) return true;
      if (tries === 0) log.warn({ health: await response.json() }, 'waiting for the database');
      await wait(500, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
    return false;
  }
}
