/**
 * People who follow a contract by its event stream, as a page does: a stream that ends before the
 * contract is opened again after the time that the server has named.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './client.ts';

export interface Followed {
  readonly opened: number;
  /** Ended before their contracts, and opened again as the server had asked. */
  readonly reopened: number;
  /** Ended before their contracts without having named a time to come again. */
  readonly cut: readonly string[];
  /** Not opened, with what came instead. */
  readonly refused: readonly string[];
  /** Contracts by how they ended. */
  readonly ended: Readonly<Record<string, number>>;
}

interface Ended {
  readonly opened: boolean;
  /** How the contract ended; missing where only the stream has. */
  readonly status?: string;
  /** Milliseconds after which to come again. */
  readonly retry?: number;
}

/** Milliseconds between two contracts of a follower, who may submit 30 a minute. */
const pause = 3000;

export class Followers {
  readonly #client: Client;
  readonly #cut: string[] = [];
  readonly #refused: string[] = [];
  readonly #ended: Record<string, number> = {};
  #opened = 0;
  #reopened = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  get followed(): Followed {
    return { opened: this.#opened, reopened: this.#reopened, cut: this.#cut, refused: this.#refused, ended: this.#ended };
  }

  /** One contract after the other, until the signal; the last one is followed to its end. */
  async follow(cookie: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const id = await this.#submit(cookie);
      if (id !== undefined) await this.#toItsEnd(id, cookie);
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns undefined where it was not accepted */
  async #submit(cookie: string): Promise<string | undefined> {
    const pages = [{ text: `제1조 (보증금) 임대인은 다음 임차인이 구해질 때까지 보증금을 돌려주지 않는다. ${randomUUID()}.` }];
    try {
      const { status, body } = await this.#client.ask('POST', '/api/contracts', { cookie, body: { pages, locale: 'ko' } });
      if (status === 202) return (JSON.parse(body) as { id: string }).id;
      this.#refused.push(`POST: ${status} ${body.slice(0, 100)}`);
    } catch (error) {
      this.#refused.push(`POST: ${error}`);
    }
    return undefined;
  }

  async #toItsEnd(id: string, cookie: string): Promise<void> {
    for (let tries = 0; ; tries++) {
      const { opened, status, retry } = await this.#stream(id, cookie);
      if (tries > 0 && opened) this.#reopened += 1;
      if (status !== undefined) {
        this.#ended[status] = (this.#ended[status] ?? 0) + 1;
        return;
      }
      await wait(retry ?? 3000);
    }
  }

  async #stream(id: string, cookie: string): Promise<Ended> {
    let text = '';
    let opened = false;
    try {
      const response = await this.#client.open('GET', `/api/contracts/${id}/events`, { cookie, timeout: 120_000 });
      if (response.statusCode !== 200) {
        response.resume();
        this.#refused.push(`GET: ${response.statusCode}`);
        return { opened: false };
      }
      this.#opened += 1;
      opened = true;
      for await (const part of response.setEncoding('utf8')) text += part;
    } catch (error) {
      this.#cut.push(`${error}, after ${text.length} characters`);
    }
    const done = /^event: done$[\s\S]*?^data: (.*)$/m.exec(text)?.[1];
    if (done) return { opened, status: (JSON.parse(done) as { status: string }).status };
    const retry = [...text.matchAll(/^retry: (\d+)$/gm)].at(-1)?.[1];
    if (retry === undefined) this.#cut.push(`without a time to come again, after ${text.length} characters`);
    return { opened, ...(retry !== undefined && { retry: Number(retry) }) };
  }
}
