/** Lines of logs from the hosts, page by page. */
import { unzipSync } from 'node:zlib';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type LogLine, type LogPage, linesOf, parsePage } from '../../../lib/logs/page.ts';
import { type LogRequest, logScript } from '../../../lib/logs/script.ts';
import type { LogSources } from '../../../lib/logs/sources.ts';
import type { HostName, HostShell } from '../../../lib/ports/host-shell.ts';

/** How long a page may take. Seconds. */
const limitSeconds = 60;

export interface Read {
  readonly lines: readonly LogLine[];
  /** Whether there are earlier ones that were asked for. */
  readonly more: boolean;
  /** Up to when it was read, by the clock of the host. Microseconds since 1970. */
  readonly until: number;
}

/** As many pages as `request.lines` takes. @throws DojangError `logs-failed`, `host-unreachable` */
export async function readLogs(shell: HostShell, host: HostName, sources: LogSources, request: LogRequest): Promise<Read> {
  const first = await onePage(shell, host, sources, request);
  let lines = linesOf(host, first);
  let page = first;
  // A page that is empty though there is more would be asked for without end.
  while (page.more && page.lines.length > 0 && lines.length < request.lines) {
    const rest = { ...request, until: first.until, lines: request.lines - lines.length, skip: lines.length };
    page = await onePage(shell, host, sources, rest);
    lines = [...linesOf(host, page), ...lines];
  }
  return { lines, more: page.more, until: first.until };
}

async function onePage(shell: HostShell, host: HostName, sources: LogSources, request: LogRequest): Promise<LogPage> {
  const { code, stdout, stderr } = await shell.run(host, logScript(sources, request), { comment: 'logs', limitSeconds });
  const [, packed] = /^logs (\S+)$/m.exec(stdout) ?? [];
  if (code === 0 && packed !== undefined) return parsePage(unzipSync(Buffer.from(packed, 'base64')).toString('utf8'));
  throw new DojangError('logs-failed', `the logs on the ${host} host could not be read`, {
    why: stderr.trim().split('\n').at(-1) || undefined,
    next: `dojang exec ${host} -- journalctl -n 20`,
  });
}
