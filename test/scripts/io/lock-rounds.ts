/**
 * A command that takes the lock again and again, as fast as it can, and says how often it had it.
 * While it has it, it makes a file that must not be there: another one would be inside too.
 * Arguments: folder, rounds. Ends with 1 when two were inside at once.
 */
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { withLock } from '../../../scripts/io/lock.ts';

const [folder = '', rounds = '0'] = process.argv.slice(2);
const inside = join(folder, 'inside');
let had = 0;

for (let round = 0; round < Number(rounds); round++) {
  await withLock('local', 'up', alone, { folder }).catch((error) => {
    if (!(error instanceof DojangError && error.code === 'locked')) throw error;
  });
}
process.stdout.write(`${had}\n`);

async function alone(): Promise<void> {
  closeSync(openSync(inside, 'wx'));
  had++;
  rmSync(inside);
}
