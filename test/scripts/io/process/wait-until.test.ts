/** Waiting within a limit. */
import { expect, it } from 'vitest';
import { waitFor, waitUntil } from '../../../../scripts/io/process/wait-until.ts';

/** True at the n-th look. */
function atLook(number: number): { condition: () => boolean; looks: () => number } {
  let looks = 0;
  return { condition: () => ++looks >= number, looks: () => looks };
}

it('looks again until it is so', async () => {
  const { condition, looks } = atLook(3);
  expect(await waitUntil(condition, { interval: 1 })).toBe(true);
  expect(looks()).toBe(3);
});

it('looks at once, also without a moment to wait', async () => {
  expect(await waitUntil(() => true, { interval: 60_000, limit: 0 })).toBe(true);
  const { condition, looks } = atLook(2);
  expect(await waitUntil(condition, { interval: 60_000, limit: 0 })).toBe(false);
  expect(looks()).toBe(1);
});

it('ends by the limit or the signal, and never in the middle of a look', async () => {
  expect(await waitUntil(() => false, { interval: 1, limit: 20 })).toBe(false);
  const controller = new AbortController();
  let whole = 0;
  const look = async () => {
    controller.abort();
    await new Promise(setImmediate);
    whole++;
    return false;
  };
  expect(await waitUntil(look, { interval: 1, signal: controller.signal })).toBe(false);
  expect(whole).toBe(1);
});

it('answers what was found, and passes on what the question throws', async () => {
  const answers = [undefined, undefined, 'found'];
  expect(await waitFor(async () => answers.shift(), { interval: 1 })).toBe('found');
  expect(await waitFor(async () => undefined, { interval: 1, limit: 0 })).toBeUndefined();
  const question = () => Promise.reject(new Error('refused'));
  await expect(waitFor(question, { interval: 1 })).rejects.toThrow('refused');
});
