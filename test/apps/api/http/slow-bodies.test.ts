/**
 * Bodies that come slowly, over a socket: the time of a request includes its body, however the body
 * is sent.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setInterval as every } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../../../apps/api/src/app.ts';
import { createHttpServer } from '../../../../apps/api/src/http/server.ts';
import { publicUrl, testDeps, visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';

const requestLimitMs = 400;
/**
 * Of the whole test of one path: longer than a busy machine needs, shorter than the bodies go on.
 */
const deadlineMs = 12_000;
const mysql = useMysql();
let server: Server;

beforeAll(async () => {
  server = createHttpServer(createApp(testDeps(mysql), {}, { requestLimitMs }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function begin(method: string, path: string, headers: readonly string[]): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  const own = ['host: localhost', `origin: ${publicUrl}`, 'content-type: application/json'];
  socket.write(`${method} ${path} HTTP/1.1\r\n${[...own, ...headers].join('\r\n')}\r\n\r\n`);
  return socket;
}

/**
 * Sends `piece` again and again. @returns the answer, once the server has closed the connection;
 * what there is of it at the deadline
 */
async function drip(socket: Socket, piece: string): Promise<{ readonly answer: string; readonly closed: boolean }> {
  const seen = { answer: '', closed: false };
  socket.on('data', (data) => {
    seen.answer += data;
  });
  socket.once('close', () => {
    seen.closed = true;
  });
  const end = performance.now() + deadlineMs;
  for await (const _ of every(50)) {
    if (seen.closed || performance.now() > end) break;
    if (socket.writable) socket.write(piece);
  }
  socket.destroy();
  return seen;
}

const chunked = { headers: ['transfer-encoding: chunked'], piece: '1\r\n \r\n' };
const announced = { headers: ['content-length: 1000'], piece: ' ' };

it.each([
  ['chunked', 'POST', '/api/auth/logout', chunked],
  ['chunked', 'POST', '/api/notes', chunked],
  ['chunked', 'PUT', '/api/notes/1', chunked],
  ['chunked', 'DELETE', '/api/listings/1', chunked],
  ['chunked', 'POST', '/api/listings', chunked],
  ['announced', 'POST', '/api/notes', announced],
  ['announced', 'POST', '/api/listings', announced],
] as const)('body (%s) that drips into %s %s is ended', { timeout: 2 * deadlineMs }, async (_, method, path, { headers, piece }) => {
  const deps = testDeps(mysql);
  const { cookie } = await visitor(createApp(deps), deps);
  const begun = performance.now();
  const { answer, closed } = await drip(begin(method, path, [...headers, `cookie: ${cookie}`]), piece);
  expect(closed).toBe(true);
  expect(answer.slice(9, 12)).toBe('408');
  expect(performance.now() - begun).toBeLessThan(deadlineMs);
});

it('says itself how long a request may take, a contract with its body included', () => {
  expect([server.headersTimeout, server.requestTimeout]).toEqual([15_000, 130_000]);
});
