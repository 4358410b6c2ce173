/** Waiting for something that this machine's kernel does in its own time. */
import { waitUntil } from '../../io/process/wait-until.ts';

const lookEveryMs = 50;

/** Whether the condition came true within the limit. */
export function eventually(condition: () => boolean, limitMs: number): Promise<boolean> {
  return waitUntil(condition, { interval: lookEveryMs, limit: limitMs });
}
