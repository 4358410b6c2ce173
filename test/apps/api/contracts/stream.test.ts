import { expect, it } from 'vitest';
import { EventStream, event } from '../../../../apps/api/src/contracts/progress/stream.ts';

const decoder = new TextDecoder();

it('skips what is old for a client that is slow, and keeps the end', async () => {
  const stream = new EventStream(0, () => {});
  for (let at = 0; at < 1000; at++) stream.send(`${at}`, at);
  stream.send('done', 1000, true);
  const texts: string[] = [];
  for await (const chunk of stream.body) texts.push(decoder.decode(chunk));
  expect(texts).toEqual(['0', 'done']);
});

it('measures how long a client has taken nothing', () => {
  const stream = new EventStream(0, () => {});
  stream.send('taken by the socket', 0);
  expect(stream.stuckMs(10)).toBe(0);
  stream.send('waits', 20);
  stream.send('waits instead', 50);
  expect(stream.stuckMs(60)).toBe(40);
});

it('sends a comment to keep the connection when nothing else was sent for 15 seconds', async () => {
  const stream = new EventStream(0, () => {});
  const reader = stream.body.getReader();
  const next = async () => decoder.decode((await reader.read()).value);
  stream.send('news', 1_000);
  expect(await next()).toBe('news');
  stream.keepAlive(15_999, 15_000);
  stream.keepAlive(16_000, 15_000);
  stream.keepAlive(16_001, 15_000);
  expect(await next()).toBe(':\n\n');
  stream.send('more', 17_000);
  expect(await next()).toBe('more');
});

it('says when the client is gone, and takes no more', async () => {
  let gone = 0;
  const stream = new EventStream(0, () => gone++);
  await stream.body.cancel();
  expect(gone).toBe(1);
  expect(stream.isClosed).toBe(true);
  stream.send('dropped', 1);
  stream.keepAlive(99_999, 1);
  stream.close();
});

it('puts an event on lines of its own', () => {
  expect(event('done', 'x', { text: 'a\nb' })).toBe('event: done\nid: x\ndata: {"text":"a\\nb"}\n\n');
});
