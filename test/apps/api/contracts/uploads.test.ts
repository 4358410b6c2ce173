import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UploadMemory, withBody } from '../../../../apps/api/src/contracts/submission/body.ts';
import { publicUrl, type Visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { ApiProcess } from './child-process.ts';
import { rows, until, useStage } from './service.ts';

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
      await this.#roomOrEnd();
    }
  }

  /** Until more may be sent, or nothing more will be. */
  async #roomOrEnd(): Promise<void> {
    while (this.#socket.writableNeedDrain && this.#socket.writable && this.answer === '') {
      const over = new AbortController();
      await Promise.race(
        ['drain', 'data', 'close'].map((name) => once(this.#socket, name, { signal: over.signal }).catch(() => undefined)),
      );
      over.abort();
    }
  }
}

it('answers 413 in the middle of an endless upload', async () => {
  const upload = new Upload(await stage.idle().person());
  await upload.send(1000);
  await until(() => upload.status === '413');
});

const lease = async (person: Visitor, text: string): Promise<number> => {
  const headers = { origin: publicUrl, cookie: person.cookie, 'content-type': 'application/json' };
  const body = JSON.stringify({ pages: [{ text }] });
  return (await fetch(`${child.url}/api/contracts`, { method: 'POST', headers, body })).status;
};

it('leaves memory to others, however much three people send slowly at one time', async () => {
  const service = stage.idle();
  const [one, two, three, neighbour] = await Promise.all([service.person(), service.person(), service.person(), service.person()]);
  const uploads = [one, two, three].flatMap((person) => Array.from({ length: 3 }, () => new Upload(person)));
  await Promise.all(uploads.map((each) => each.send(19)));
  await until(() => uploads.filter(({ status }) => status === '429').length === 6);
  expect(await lease(neighbour, 'of a neighbour')).toBe(202);
  const large = new Upload(neighbour);
  await large.send(19);
  expect(large.status).toBe('');
  for (const socket of sockets.splice(0)) socket.destroy();
});

it('counts bodies that are not sent to their end, and refuses more of them before they are read', async () => {
  const person = await stage.idle().person('무료', 'free');
  const upload = new Upload(person);
  await upload.send(1);
  sockets.at(-1)?.destroy();
  const aborted = async () => (await rows(mysql.db, `SELECT aborted FROM contract_days WHERE person_id = ${person.id}`))[0]?.aborted;
  await until(async () => (await aborted()) === 1);
  await mysql.db.query('UPDATE contract_days SET aborted = 30 WHERE person_id = ?', [person.id]);
  const refused = new Upload(person);
  await until(() => refused.status === '429');
  expect(refused.answer).toContain('urn:dojang:problem:too-many-aborted');
  expect(refused.answer.toLowerCase()).toContain('retry-after');
  expect(await lease(await stage.idle().person(), 'of a neighbour')).toBe(202);
});

it('holds only so much of many large uploads that are sent slowly, and goes on serving others', async () => {
  const person = await stage.idle().person();
  const before = memoryMiB();
  const service = stage.idle();
  const many = await Promise.all(Array.from({ length: 12 }, () => service.person()));
  const uploads = many.flatMap((each) => [new Upload(each), new Upload(each)]);
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

const limits = { maxBytes: 1000, idleMs: 50, totalMs: 200, windowMs: 100, windowBytes: 0 };
const personId = '7';
const slowly = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) =>
  new Request('http://localhost/', { method: 'POST', body: new ReadableStream({ pull }), duplex: 'half' });
const nothing = async () => undefined;

it('gives up on a body that stops coming, and on one that never ends', async () => {
  const memory = new UploadMemory(1000, 1000);
  const silent = slowly(() => new Promise(() => {}));
  await expect(withBody(silent, limits, { memory, personId }, nothing)).rejects.toMatchObject({ status: 408 });
  const drip = slowly(async (controller) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.enqueue(new Uint8Array(1));
  });
  await expect(withBody(drip, limits, { memory, personId }, nothing)).rejects.toMatchObject({ status: 408 });
  memory.take(personId, 1000);
});

it('gives up on a body that begins fast and then hardly comes', async () => {
  const sent = { pieces: 0 };
  const drip = slowly(async (controller) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.enqueue(new Uint8Array(sent.pieces++ === 0 ? 500 : 1));
  });
  const memory = new UploadMemory(1000, 1000);
  const limited = { ...limits, idleMs: 60_000, totalMs: 60_000, windowBytes: 100 };
  await expect(withBody(drip, limited, { memory, personId }, nothing)).rejects.toMatchObject({ status: 408 });
  memory.take(personId, 1000);
});

it('frees its memory however it ends', async () => {
  const memory = new UploadMemory(100, 100);
  const some = () => new Request('http://localhost/', { method: 'POST', body: 'x'.repeat(100) });
  await withBody(some(), limits, { memory, personId }, async (body) => {
    expect(body.length).toBe(100);
    await expect(withBody(some(), limits, { memory, personId: '8' }, nothing)).rejects.toMatchObject({ status: 503 });
    await expect(withBody(some(), limits, { memory, personId }, nothing)).rejects.toMatchObject({ status: 429 });
  });
  await expect(withBody(some(), limits, { memory, personId }, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  memory.take(personId, 100);
});
