import { execFileSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Memory, withBody } from '../../../../apps/api/src/contracts/submission/body.ts';
import { publicUrl, type Visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { ApiProcess } from './child-process.ts';
import { until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);
let child: ApiProcess;
const sockets: Socket[] = [];

beforeAll(async () => {
  child = await ApiProcess.start({ mysql: mysql.settings, aiUrl: 'http://127.0.0.1:9' });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await child.kill();
});

const megabyte = Buffer.alloc(1 << 20, 'x');
const memoryMiB = () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024;

/** A request whose body comes in chunks, as slowly as the test wants. */
class Upload {
  readonly #socket: Socket;
  answer = '';

  constructor(person: Visitor) {
    this.#socket = connect(Number(new URL(child.url).port), '127.0.0.1').on('error', () => undefined);
    this.#socket.on('data', (data) => {
      this.answer += data;
    });
    sockets.push(this.#socket);
    const headers = [
      `origin: ${publicUrl}`,
      `cookie: ${person.cookie}`,
      'content-type: multipart/form-data; boundary=b',
      'transfer-encoding: chunked',
    ];
    this.#socket.write(`POST /api/contracts HTTP/1.1\r\nhost: localhost\r\n${headers.join('\r\n')}\r\n\r\n`);
  }

  get status(): string {
    return this.answer.slice(9, 12);
  }

  async send(megabytes: number): Promise<void> {
    for (let sent = 0; sent < megabytes && this.answer === '' && this.#socket.writable; sent++) {
      this.#socket.write(`${megabyte.length.toString(16)}\r\n`);
      this.#socket.write(megabyte);
      this.#socket.write('\r\n');
      while (this.#socket.writableNeedDrain && this.#socket.writable && this.answer === '') await wait(5);
    }
  }
}

it('answers 413 in the middle of an endless upload', async () => {
  const upload = new Upload(await stage.idle().person());
  await upload.send(1000);
  await until(() => upload.status === '413');
});

it('holds only so much of many large uploads that are sent slowly, and goes on serving others', async () => {
  const person = await stage.idle().person();
  const before = memoryMiB();
  const uploads = Array.from({ length: 40 }, () => new Upload(person));
  await Promise.all(uploads.map((each) => each.send(15)));
  await until(() => uploads.some(({ status }) => status === '503'));
  expect(memoryMiB() - before).toBeLessThan(450);
  expect(uploads.filter(({ status }) => status === '').length).toBeGreaterThan(0);
  const others = await fetch(`${child.url}/api/contracts`, { headers: { cookie: person.cookie } });
  expect(others.status).toBe(200);
  for (const socket of sockets) socket.destroy();
  const body = JSON.stringify({ pages: [{ text: 'after it' }] });
  const headers = { origin: publicUrl, cookie: person.cookie, 'content-type': 'application/json' };
  await until(async () => (await fetch(`${child.url}/api/contracts`, { method: 'POST', headers, body })).status === 202);
});

const limits = { maxBytes: 1000, idleMs: 50, totalMs: 200 };
const slowly = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) =>
  new Request('http://localhost/', { method: 'POST', body: new ReadableStream({ pull }), duplex: 'half' });
const nothing = async () => undefined;

it('gives up on a body that stops coming, and on one that never ends', async () => {
  const memory = new Memory(1000);
  const silent = slowly(() => new Promise(() => {}));
  await expect(withBody(silent, limits, memory, nothing)).rejects.toMatchObject({ status: 408 });
  const drip = slowly(async (controller) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.enqueue(new Uint8Array(1));
  });
  await expect(withBody(drip, limits, memory, nothing)).rejects.toMatchObject({ status: 408 });
  memory.take(1000);
});

it('frees its memory however it ends', async () => {
  const memory = new Memory(100);
  const some = () => new Request('http://localhost/', { method: 'POST', body: 'x'.repeat(100) });
  await withBody(some(), limits, memory, async (body) => {
    expect(body.length).toBe(100);
    await expect(withBody(some(), limits, memory, nothing)).rejects.toMatchObject({ status: 503 });
  });
  await expect(withBody(some(), limits, memory, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  memory.take(100);
});
