/**
 * How the memory of the AI server's unit is shared out: all that contracts can take at one time
 * fits, so that none costs another its process.
 */
import type { Environment } from '../../config/environment.ts';
import { gcpMachine, type MachineType } from '../../config/machines.ts';
import { DojangError } from '../../errors/dojang-error.ts';

/** Amounts in MiB. */
export interface AiMemory {
  /**
   * What the unit may take (`MemoryMax`): 70 % of the machine. The rest is for the system, nginx
   * and its 256 MiB of temporary files.
   */
  readonly unit: number;
  /**
   * Analyses at one time. There is one worker more than that, which is ready to replace another.
   */
  readonly concurrency: number;
  /**
   * What a worker may take; idle ones count as much, for what they took before is not always given
   * back.
   */
  readonly worker: number;
  /**
   * What a program may take that a worker runs, one at a time: tesseract, pdftoppm, the reader of
   * PDFs.
   */
  readonly program: number;
  /**
   * Requests that wait beyond those that are worked on (`AI_QUEUE`); the server holds no more than
   * `concurrency` + `queue`.
   */
  readonly queue: number;
  /** What the server itself takes at most. */
  readonly server: number;
}

/**
 * MiB of a request to the AI server (`MAX_BYTES`), by which nginx before it refuses too. The API's
 * largest is 26.7: 20 MiB of pages in base64, with their texts.
 */
export const requestMebibytes = 28;

/**
 * Measured with Python 3.13 and Pillow 12.3. A worker: 40 before its first contract (230 with
 * Chroma); 290 more for a picture of 50 million pixels (340 for a progressive JPEG), 90 for a
 * request of 28 MiB.
 */
const worker = 608;
/** Measured: tesseract maps 260 for noise of 3500 x 3500 pixels, the largest that it is given. */
const program = 480;
/**
 * Measured (test/apps/ai/test_memory.py): 51 for the process, and while a request is received and
 * read, which is done one at a time, 3.75 times its size; it keeps 64 of answers
 * (apps/ai/dojang_ai/idempotency.py).
 */
const serverAlone = 64 + 108 + 64;

const share = 0.7;
/** An analysis keeps one processor busy, or waits for a model. */
const analysesPerProcessor = 2;
/** `AI_CONCURRENCY` takes no more. */
const most = 64;

/**
 * As many analyses as two for each processor, fewer where memory is short: server + workers x limit
 * + programs x limit never exceeds the unit.
 * @throws DojangError `too-little-memory` for a machine that cannot carry one
 */
export function aiMemory(machine: MachineType): AiMemory {
  const unit = Math.floor(machine.memory.mib * share);
  for (let concurrency = Math.min(most, machine.vcpus * analysesPerProcessor); concurrency > 0; concurrency--) {
    const left = unit - serverAlone - (concurrency + 1) * worker - concurrency * program;
    const queue = Math.min(twiceAsMany(concurrency), Math.floor(left / requestMebibytes) - concurrency);
    if (queue < requestsAtOnce(concurrency) - concurrency) continue;
    return { unit, concurrency, worker, program, queue, server: serverAlone + requestMebibytes * (concurrency + queue) };
  }
  throw new DojangError('too-little-memory', `${machine.name} has ${machine.memory}, too little for one analysis of the AI server`, {
    next: 'take a larger machine',
  });
}

/**
 * An API that was restarted sends as many as before, while the analyses of its predecessor go on.
 */
function twiceAsMany(concurrency: number): number {
  return 2 * requestsAtOnce(concurrency) - concurrency;
}

/** MiB that the whole unit takes when every part of it takes all it may. */
export function takenAtMost({ concurrency, worker, program, server }: AiMemory): number {
  return server + (concurrency + 1) * worker + concurrency * program;
}

/** How many the API sends: one more than are worked on, so that no worker waits for the next. */
export function requestsAtOnce(concurrency: number): number {
  return concurrency + 1;
}

/**
 * @throws DojangError `unknown-machine-type` for an environment whose configuration was not checked
 */
export function aiMemoryOf({ gcp }: Environment): AiMemory {
  const machine = gcpMachine(gcp.machine);
  if (!machine) throw new DojangError('unknown-machine-type', `${gcp.machine} is no machine type of the N1 family`);
  return aiMemory(machine);
}
