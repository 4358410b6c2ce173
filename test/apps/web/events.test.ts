/** Following a contract through lost connections. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EventStream, follow } from '../../../apps/web/src/api/events.ts';
import { explanation } from './fake/words.ts';

class Stream implements EventStream {
  readyState = 0;
  closed = false;
  readonly path: string;
  readonly #listeners = new Map<string, (event: { data: string }) => void>();

  constructor(path: string) {
    this.path = path;
  }

  addEventListener(type: string, listener: (event: { data: string }) => void): void {
    this.#listeners.set(type, listener);
  }

  emit(type: string, data?: unknown): void {
    this.#listeners.get(type)?.({ data: typeof data === 'string' ? data : JSON.stringify(data) });
  }

  close(): void {
    this.closed = true;
  }
}

const answer = {
  id: '7',
  status: 'answered',
  createdAt: '2026-11-21T00:00:00Z',
  answeredAt: '2026-11-21T00:01:00Z',
  position: null,
  pageCount: 3,
  message: { ko: '됐어요', en: 'Done' },
  result: explanation,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const streams: Stream[] = [];
  const follower = { progress: vi.fn(), done: vi.fn(), connected: vi.fn() };
  const stop = follow('7', follower, (path) => {
    const stream = new Stream(path);
    streams.push(stream);
    return stream;
  });
  return { streams, follower, stop };
}

describe('following a contract', () => {
  it('passes on news and ends with the answer', () => {
    const { streams, follower } = start();
    expect(streams[0]?.path).toBe('/api/contracts/7/events');
    streams[0]?.emit('open');
    streams[0]?.emit('progress', { status: 'waiting', position: 2, message: { ko: '앞에', en: 'ahead' } });
    streams[0]?.emit('done', answer);
    expect(follower.connected).toHaveBeenLastCalledWith(true);
    expect(follower.progress).toHaveBeenCalledWith({ status: 'waiting', position: 2, message: { ko: '앞에', en: 'ahead' } });
    expect(follower.done.mock.calls[0]?.[0]).toMatchObject({ id: '7', status: 'answered' });
    expect(streams[0]?.closed).toBe(true);
  });

  it('leaves reconnecting to the browser while it tries', () => {
    const { streams, follower } = start();
    streams[0]?.emit('error');
    vi.advanceTimersByTime(60_000);
    expect(follower.connected).toHaveBeenLastCalledWith(false);
    expect(streams).toHaveLength(1);
  });

  it('opens a new stream when the browser has given up, later each time, soon again after a success', () => {
    const { streams } = start();
    const giveUp = () => {
      const last = streams.at(-1);
      if (last) last.readyState = 2;
      last?.emit('error');
    };
    giveUp();
    vi.advanceTimersByTime(1000);
    expect(streams).toHaveLength(2);
    giveUp();
    vi.advanceTimersByTime(1999);
    expect(streams).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(streams).toHaveLength(3);
    streams.at(-1)?.emit('open');
    giveUp();
    vi.advanceTimersByTime(1000);
    expect(streams).toHaveLength(4);
  });

  it('does not open another after it was stopped', () => {
    const { streams, stop } = start();
    if (streams[0]) streams[0].readyState = 2;
    streams[0]?.emit('error');
    stop();
    vi.advanceTimersByTime(60_000);
    expect(streams).toHaveLength(1);
    expect(streams[0]?.closed).toBe(true);
  });

  it('passes over what it does not understand', () => {
    const { streams, follower } = start();
    streams[0]?.emit('progress', { status: 'dancing' });
    streams[0]?.emit('progress', 'no JSON');
    streams[0]?.emit('done', { ...answer, status: 'dancing' });
    expect(follower.progress).not.toHaveBeenCalled();
    expect(follower.done).not.toHaveBeenCalled();
    expect(follower.connected).toHaveBeenLastCalledWith(false);
  });
});
