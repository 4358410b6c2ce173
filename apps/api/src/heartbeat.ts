/**
 * Notifies systemd (sd_notify) when the service listens, and then that its event loop turns. A
 * stuck loop sends nothing, and systemd ends and restarts the service after `WatchdogSec`
 * (lib/host/services/service-units.ts).
 *
 * Node has no datagram sockets in the file system, so `systemd-notify` sends each message: it is
 * part of systemd, so it exists wherever a message can be received. It is a child process, hence
 * `NotifyAccess=all`.
 */
import { execFile } from 'node:child_process';
import type { Logger } from './log.ts';

export interface NotifySettings {
  /** Address of systemd's socket; a path, or a name behind `@`. */
  readonly socket: string;
  /** Between two signs of life; undefined where systemd waits for none. */
  readonly everyMs: number | undefined;
}

/** A sign may come late twice before systemd gives up. */
const signsInTime = 3;
/** A message that was not taken by then is given up, and the next one tried. */
const limitMs = 10_000;

/** Until READY has been taken, where systemd waits for no signs of life. */
const retryMs = 1_000;

/** Undefined without a socket to notify. Variables: sd_notify(3), sd_watchdog_enabled(3). */
export function notifySettingsOf(env: Readonly<Record<string, string | undefined>>, pid: number): NotifySettings | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC = '', WATCHDOG_PID } = env;
  if (!socket) return undefined;
  const forUs = WATCHDOG_PID === undefined || WATCHDOG_PID === String(pid);
  return { socket, everyMs: forUs && /^[1-9]\d*$/.test(WATCHDOG_USEC) ? Number(WATCHDOG_USEC) / 1000 / signsInTime : undefined };
}

export class Heartbeat {
  readonly #settings: NotifySettings | undefined;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #ready = false;

  constructor(settings: NotifySettings | undefined, log: Logger) {
    this.#settings = settings;
    this.#log = log;
  }

  /**
   * To be called when the service listens; from now on it shows that it is alive. READY is sent
   * again with each sign until it is taken: without it systemd ends the unit at its start limit.
   */
  async start(): Promise<void> {
    if (!this.#settings) return;
    await this.#sign();
    const { everyMs } = this.#settings;
    if (everyMs === undefined && this.#ready) return;
    // The event loop itself sends the sign, which so proves that the loop turns.
    this.#timer = setInterval(() => this.#beat(), everyMs ?? retryMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One at a time: while systemd does not take the last one, there is nothing to add. */
  #beat(): void {
    this.#sending ??= this.#sign().finally(() => {
      this.#sending = undefined;
      if (this.#ready && this.#settings?.everyMs === undefined) this.stop();
    });
  }

  async #sign(): Promise<void> {
    const sent = await this.#send(this.#ready ? 'WATCHDOG=1' : 'READY=1');
    this.#ready ||= sent;
  }

  /** @returns whether it was taken */
  async #send(message: string): Promise<boolean> {
    try {
      await notify(this.#settings?.socket ?? '', message);
      return true;
    } catch (error) {
      this.#log.warn({ err: error }, 'systemd could not be notified');
      return false;
    }
  }
}

function notify(socket: string, message: string): Promise<void> {
  const options = { env: { PATH: '/usr/bin:/bin', NOTIFY_SOCKET: socket }, timeout: limitMs };
  return new Promise((resolve, reject) => {
    execFile('systemd-notify', [message], options, (error) => (error ? reject(error) : resolve()));
  });
}
