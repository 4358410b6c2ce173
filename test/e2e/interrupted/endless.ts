/**
 * Brings a whole environment up in a clone and prints what `up` prints, for the test that
 * interrupts this one.
 */
import { afterAll, it } from 'vitest';
import { Clone } from '../clone.ts';

const clone = new Clone();
afterAll(() => clone.remove());

it('is interrupted', async () => {
  const child = clone.start('node', ['bin/dojang.ts', 'up']);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => process.stdout.write(data));
  await new Promise((resolve) => child.once('close', resolve));
  throw new Error('up ended before the run was interrupted');
});
