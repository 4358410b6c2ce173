import { expect, it } from 'vitest';
import { endedWords, progressMessage } from '../../../../apps/api/src/contracts/progress/messages.ts';
import { Breaker } from '../../../../apps/api/src/contracts/queue/breaker.ts';

const waiting = { status: 'waiting', position: 12, estimateSeconds: undefined, remainingSeconds: 300, stalled: false } as const;
const running = { status: 'running', elapsedSeconds: 0, typicalSeconds: 10 } as const;

it('says where one stands, and how long it takes only when that is known', () => {
  expect(progressMessage(waiting)).toEqual({ ko: '앞에 11건이 기다리고 있어요.', en: '11 contracts are ahead of yours.' });
  expect(progressMessage({ ...waiting, estimateSeconds: 34 }).ko).toBe('앞에 11건이 기다리고 있어요. 약 40초 남았어요.');
  expect(progressMessage({ ...waiting, estimateSeconds: 61 }).ko).toBe('앞에 11건이 기다리고 있어요. 약 2분 남았어요.');
  expect(progressMessage({ ...waiting, position: 2 }).en).toBe('1 contract is ahead of yours.');
  expect(progressMessage({ ...waiting, position: 1 }).en).toBe('You are next. Please wait a moment...');
});

it('does not promise what the deadline does not allow', () => {
  expect(progressMessage({ ...waiting, estimateSeconds: 301 }).ko).toContain('답변을 드리지 못할 수도 있어요');
});

it('says that the AI is being reconnected to, and that the place is kept', () => {
  expect(progressMessage({ ...waiting, stalled: true, estimateSeconds: 10 }).ko).toBe(
    'AI와 다시 연결하고 있어요. 순서는 그대로 지켜드릴게요.',
  );
});

it('says that it is almost done only when answers usually come about now', () => {
  expect(progressMessage(running).ko).toBe('AI가 답변을 생각하고 있어요...');
  expect(progressMessage({ ...running, elapsedSeconds: 7 }).ko).toBe('거의 다 되었습니다!');
  expect(progressMessage({ ...running, elapsedSeconds: 21 }).ko).toContain('조금 더 걸리고 있어요');
  expect(progressMessage({ ...running, elapsedSeconds: 200, typicalSeconds: undefined }).ko).toBe('AI가 답변을 생각하고 있어요...');
});

it('has the friendly answer of the service, letter by letter', () => {
  const friendly =
    '죄송해요, 지금 많은 분들의 이야기를 듣고 있어서 답변이 늦어지고 있어요. 잠시 후 다시 시도해주시겠어요? \u{1f647}\u{1f3fb}\u200d\u2642\ufe0f';
  expect(endedWords('late').ko).toBe(friendly);
});

it('lets one request try while the server is down, less and less often, and all after an answer', () => {
  let now = 0;
  const breaker = new Breaker(() => now);
  expect(breaker.room(1, 4)).toBe(3);
  for (let failure = 0; failure < 3; failure++) breaker.failed();
  expect([breaker.isOpen, breaker.room(0, 4)]).toEqual([true, 0]);
  const pauses: number[] = [];
  for (let probe = 0; probe < 8; probe++) {
    const since = now;
    while (breaker.room(0, 4) === 0) now += 10;
    pauses.push(now - since);
    expect(breaker.room(0, 4)).toBe(1);
    breaker.began();
    expect(breaker.room(1, 4)).toBe(0);
    breaker.failed();
  }
  expect(pauses.at(-1)).toBeGreaterThan(5_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(15_010);
  now += 20_000;
  breaker.began();
  now += 6_000;
  expect(breaker.room(1, 4)).toBe(3);
  breaker.reached();
  expect([breaker.isOpen, breaker.room(0, 4)]).toEqual([false, 4]);
});

it('waits as long as a busy server asks, within reason', () => {
  let now = 0;
  const breaker = new Breaker(() => now);
  for (let failure = 0; failure < 3; failure++) breaker.failed(10_000);
  now = 9_999;
  expect(breaker.room(0, 4)).toBe(0);
  now = 10_000;
  expect(breaker.room(0, 4)).toBe(1);
  breaker.failed(1_000_000);
  now += 15_000;
  expect(breaker.room(0, 4)).toBe(1);
});
