/**
 * Whether this process serves. On a host two releases may run side by side, in the slots a and b: a
 * new one must be healthy, and be tested, before it works through what users have submitted. The
 * host writes the slot that serves into a file; this process reads it, and writes nothing.
 */
import { open } from 'node:fs/promises';
import type { Logger } from './log.ts';

export const slotNames = ['a', 'b'] as const;

export interface SlotSettings {
  /** Of this process. */
  readonly name: (typeof slotNames)[number];
  /** Contains the slot that serves. */
  readonly servingFile: string;
  /** Contains a slot that has a share of the sessions beside it; there only meanwhile. */
  readonly shareFile?: string;
}

/** Whether work that no request asks for is done here at this moment. Never throws. */
export type Serves = () => Promise<boolean>;

/** A slot is one letter. */
const mostBytes = 16;

/**
 * A process waits only while the file names the other slot, and it has no share. When the file is
 * missing, cannot be read or names something else it works: two releases that work do no harm, as
 * each contract is leased to one of them, and two that wait would leave every contract unanswered.
 * The file is read at each call, so that of two slots one stops when the other begins.
 * @param slot undefined where there are no slots: this process always works
 */
export function servingCheck(slot: SlotSettings | undefined, log: Logger): Serves {
  if (!slot) return async () => true;
  const { name, servingFile, shareFile } = slot;
  let before: boolean | undefined;
  let hadFault = false;
  const read = async () => {
    try {
      const serving = await contentOf(servingFile);
      hadFault = false;
      return serving;
    } catch (error) {
      if (!hadFault) log.warn({ err: error }, 'it cannot be read which slot serves: contracts are taken');
      hadFault = true;
      return undefined;
    }
  };
  const hasShare = async () => shareFile !== undefined && (await contentOf(shareFile).catch(() => undefined)) === name;
  return async () => {
    const serving = await read();
    const isIdle = serving !== name && slotNames.some((each) => each === serving) && !(await hasShare());
    if (before !== !isIdle) log.info({ slot: name, serving }, isIdle ? 'contracts are left to the other slot' : 'contracts are taken');
    before = !isIdle;
    return !isIdle;
  };
}

async function contentOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await handle.close();
  }
}
