import { describe, expect, it } from 'vitest';
import { remembered } from '../../../../../scripts/io/gcp/engine/remembered.ts';

function counter(failing: readonly number[] = []) {
  let times = 0;
  return remembered(async () => {
    times += 1;
    if (failing.includes(times)) throw new Error(`reading ${times}`);
    return times;
  });
}

describe('a remembered value', () => {
  it('is read once, also by those who ask at the same time', async () => {
    const value = counter();
    expect(await Promise.all([value.read(), value.read()])).toEqual([1, 1]);
    expect(await value.read()).toBe(1);
  });

  it('is read anew after a reading that failed', async () => {
    const value = counter([1]);
    await expect(value.read()).rejects.toThrow('reading 1');
    expect(await value.read()).toBe(2);
  });

  it('is read anew during and after a change, and after one that failed', async () => {
    const value = counter();
    await value.read();
    expect(await value.changing(() => value.read())).toBe(2);
    expect(await value.read()).toBe(3);
    await expect(value.changing(() => Promise.reject(new Error('half done')))).rejects.toThrow('half done');
    expect(await value.read()).toBe(4);
  });
});
