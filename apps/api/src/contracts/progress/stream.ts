/**
 * One client's event stream. It keeps at most the latest news: a slow client skips what is old, and
 * costs no memory.
 */

const encoder = new TextEncoder();
const comment = encoder.encode(':\n\n');

export class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly #gone: () => void;
  #held: Uint8Array | undefined;
  #last = false;
  #sentAt: number;
  #wroteAt: number;

  /** `gone` is called when the client has left or the stream has been closed. */
  constructor(now: number, gone: () => void) {
    this.#gone = gone;
    this.#sentAt = now;
    this.#wroteAt = now;
    this.body = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#flush(),
        cancel: () => {
          this.#controller = undefined;
          this.#held = undefined;
          gone();
        },
      },
      { highWaterMark: 1 },
    );
  }

  get isClosed(): boolean {
    return this.#controller === undefined;
  }

  /** For how long the client has taken nothing of what waits for it. */
  stuckMs(now: number): number {
    return this.#held ? now - this.#wroteAt : 0;
  }

  /** Replaces what has not been taken yet; after the last, nothing more is sent. */
  send(text: string, now: number, last = false): void {
    if (this.#last) return;
    if (!this.#held) this.#wroteAt = now;
    this.#held = encoder.encode(text);
    this.#last = last;
    this.#sentAt = now;
    this.#flush();
  }

  /**
   * A comment, when nothing has been sent for so long: it keeps proxies from cutting the
   * connection.
   */
  keepAlive(now: number, afterMs: number): void {
    if (this.#last || this.#held || now - this.#sentAt < afterMs || !this.#hasRoom()) return;
    this.#sentAt = now;
    this.#controller?.enqueue(comment);
  }

  close(): void {
    if (this.isClosed) return;
    this.#controller?.close();
    this.#controller = undefined;
    this.#gone();
  }

  #flush(): void {
    const held = this.#held;
    if (!held || !this.#hasRoom()) return;
    // Before it is handed over: a waiting reader asks for the next one at once.
    this.#held = undefined;
    this.#controller?.enqueue(held);
    if (this.#last) this.close();
  }

  #hasRoom(): boolean {
    return (this.#controller?.desiredSize ?? 0) > 0;
  }
}

/** An event in the format of server-sent events; the data is JSON, so it has no line breaks. */
export const event = (name: string, id: string, data: unknown): string => `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * When the client should come again after the stream has ended: spread, so that not all come at
 * once.
 */
export const retryHint = (leastMs: number, mostMs: number): string =>
  `retry: ${Math.round(leastMs + Math.random() * (mostMs - leastMs))}\n\n`;
