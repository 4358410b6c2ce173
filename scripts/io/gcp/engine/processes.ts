/** What runs on this machine, by process id. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { collectSync } from '../../process/processes.ts';

export interface RunningProcess {
  readonly pid: number;
  /** The command line, parts with a space between. */
  readonly args: string;
}

/**
 * Processes that have not ended, or the one with this id. Read from /proc where there is one, as
 * not every Linux has `ps`.
 */
export function processes(pid?: number): RunningProcess[] {
  return existsSync('/proc/self') ? fromProc(pid === undefined ? allIds() : [pid]) : fromPs(pid);
}

function allIds(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** A zombie, a process that has ended and is not yet waited for, has no arguments there. */
function fromProc(pids: readonly number[]): RunningProcess[] {
  return pids.flatMap((pid) => {
    const args = commandLine(pid);
    return args === '' ? [] : [{ pid, args }];
  });
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    // It has ended in between.
    return '';
  }
}

function fromPs(pid: number | undefined): RunningProcess[] {
  const which = pid === undefined ? ['-A'] : ['-p', String(pid)];
  const { stdout } = collectSync('ps', ['-ww', ...which, '-o', 'pid=,stat=,args='], { maxBytes: 2 ** 24 });
  return stdout.split('\n').flatMap((line) => {
    const [, id, state, args] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return id === undefined || args === undefined || state?.startsWith('Z') ? [] : [{ pid: Number(id), args }];
  });
}
