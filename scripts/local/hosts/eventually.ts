/** Waiting for something that this machine's kernel does in its own time. */
import { setTimeout as wait } from 'node:timers/promises';

const lookEveryMs = 50;

/** Whether the condition came true within the limit. */
export async function eventually(condition: () => boolean, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) return false;
    await wait(lookEveryMs);
  }
  return true;
}
