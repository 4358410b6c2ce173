/** The program that reads logs on a host, run by Python, with a stand-in for journalctl. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogPage, parsePage } from '../../../lib/logs/page.ts';
import { type LogRequest, logScript } from '../../../lib/logs/script.ts';
import { type LogSources, logSources } from '../../../lib/logs/sources.ts';
import { bash } from '../host/bash.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-logs-'));
  mkdirSync(join(folder, 'bin'));
  entries([]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Microseconds since 1970. */
const now = Math.floor(Date.now() / 1000) * 1_000_000;
const seconds = (count: number) => now - count * 1_000_000;

interface Entry {
  readonly at: number;
  readonly unit?: string;
  readonly message: string | readonly number[] | null;
}

/** What journalctl answers, of which it takes `--lines`. */
function entries(all: readonly Entry[]): void {
  const lines = all.map(({ at, unit = 'dojang-api@a.service', message }) =>
    JSON.stringify({ __REALTIME_TIMESTAMP: String(at), _SYSTEMD_UNIT: unit, MESSAGE: message }),
  );
  writeFileSync(join(folder, 'journal'), lines.map((line) => `${line}\n`).join(''));
  const program = `#!/bin/bash
echo "$*" >>${folder}/asked
for word in "$@"; do case $word in --lines=*) tail -n "\${word#--lines=}" ${folder}/journal ;; esac; done
`;
  writeFileSync(join(folder, 'bin/journalctl'), program, { mode: 0o755 });
}

function accessLog(name: string, lines: readonly (readonly [at: number, path: string])[]): void {
  const text = lines.map(([at, path]) => `{"time":"${new Date(at / 1000).toISOString().replace(/\.\d+Z/, '+00:00')}","path":"${path}"}\n`);
  writeFileSync(join(folder, name), text.join(''));
}

const api: LogSources = { units: { 'dojang-api@a.service': 'api@a', 'dojang-api@b.service': 'api@b' }, files: [] };
const web = (): LogSources => ({ units: {}, files: [{ path: join(folder, 'access.log'), source: 'web', kind: 'access' }] });

function read(sources: LogSources, request: LogRequest): LogPage {
  const script = logScript(sources, request).replace('/usr/bin/python3', 'python3');
  const { code, stdout, stderr } = bash(script, { PATH: `${join(folder, 'bin')}:${process.env.PATH}` });
  if (code !== 0) throw new Error(stderr);
  // What Systems Manager keeps.
  expect(stdout.length).toBeLessThan(23_500);
  return parsePage(unzipSync(Buffer.from(stdout.replace(/^logs /, ''), 'base64')).toString());
}

const texts = ({ lines }: LogPage) => lines.map(([, , text]) => text);

describe('the journal', () => {
  it('is read since then, and each line says which slot wrote it', () => {
    entries([
      { at: seconds(700), message: 'too early' },
      { at: seconds(60), message: 'one' },
      { at: seconds(30), unit: 'dojang-api@b.service', message: 'two' },
    ]);
    const page = read(api, { age: 600, lines: 10 });
    expect(page.lines).toEqual([
      [seconds(60), 'api@a', 'one'],
      [seconds(30), 'api@b', 'two'],
    ]);
    expect(page.more).toBe(false);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(
      /--unit=dojang-api@a\.service --unit=dojang-api@b\.service --since=@\d+ --until=@\d+ --lines=11/,
    );
  });

  it('that has more lines than asked for says so', () => {
    entries([1, 2, 3].map((count) => ({ at: seconds(10 - count), message: `${count}` })));
    const page = read(api, { age: 600, lines: 2 });
    expect([texts(page), page.more]).toEqual([['2', '3'], true]);
  });

  it('may hold bytes that are no text, nothing, and very long lines', () => {
    entries([
      { at: seconds(3), message: [104, 105, 255] },
      { at: seconds(2), message: null },
      { at: seconds(1), message: 'x'.repeat(5000) },
    ]);
    const [bytes, nothing, long] = texts(read(api, { age: 600, lines: 10 }));
    expect([bytes, nothing]).toEqual(['hi\ufffd', '']);
    expect(long).toBe(`${'x'.repeat(4000)}…`);
  });
});

describe('files of nginx', () => {
  it('are read with the one that was rotated last, where the time asks for it', () => {
    accessLog('access.log', [[seconds(5), '/new']]);
    accessLog('access.log.1', [
      [seconds(900), '/too-early'],
      [seconds(300), '/old'],
    ]);
    const page = read(web(), { age: 600, lines: 10 });
    expect(texts(page).map((line) => JSON.parse(line).path)).toEqual(['/old', '/new']);
    accessLog('access.log', [
      [seconds(700), '/before'],
      [seconds(5), '/new'],
    ]);
    expect(texts(read(web(), { age: 600, lines: 10 })).map((line) => JSON.parse(line).path)).toEqual(['/new']);
  });

  it('that are missing are empty', () => expect(read(web(), { age: 600, lines: 10 })).toMatchObject({ lines: [], more: false }));

  it('of errors have local times, and lines that go on', () => {
    const time = new Date((seconds(5) / 1_000_000) * 1000);
    const two = (count: number) => String(count).padStart(2, '0');
    const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('/');
    const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
    writeFileSync(join(folder, 'error.log'), `${day} ${clock} [warn] 7#7: first\nand its second line\n`);
    const sources: LogSources = { units: {}, files: [{ path: join(folder, 'error.log'), source: 'web', kind: 'error' }] };
    const { lines } = read(sources, { age: 600, lines: 10 });
    expect(lines.map(([at, , text]) => [at, text.slice(-11)])).toEqual([
      [seconds(5), ' 7#7: first'],
      [seconds(5), 'second line'],
    ]);
  });
});

describe('a page', () => {
  /** Text that cannot be compressed to less than half. */
  const noise = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 36).toString(36)).join('');

  it('has the newest lines that fit, and the pages after it the rest, each line once', () => {
    const all = Array.from({ length: 200 }, (_, index) => ({ at: seconds(300 - index), message: `${index} ${noise(500)}` }));
    entries(all);
    const first = read(api, { age: 600, lines: 200 });
    expect(first.more).toBe(true);
    let found = texts(first);
    for (let page = first; page.more && page.lines.length > 0; ) {
      page = read(api, { age: 600, until: first.until, lines: 200 - found.length, skip: found.length });
      found = [...texts(page), ...found];
    }
    expect(found).toEqual(all.map(({ message }) => message));
  });

  it('begins where the one before ended, while it is followed', () => {
    entries([{ at: seconds(60), message: 'one' }]);
    const { until } = read(api, { age: 600, delay: 3, lines: 10 });
    expect(until).toBeLessThanOrEqual(Date.now() * 1000 - 3_000_000);
    entries([
      { at: until, message: 'read before' },
      { at: until + 1, message: 'new' },
    ]);
    expect(texts(read(api, { after: until, until: until + 10, lines: 10 }))).toEqual(['new']);
  });
});

it('of all components both hosts are asked', () => {
  const all = logSources('all');
  expect([...all.keys()]).toEqual(['aws', 'gcp']);
  expect(all.get('aws')?.files.map(({ path }) => path)).toEqual(['/var/log/nginx/access.log', '/var/log/nginx/error.log']);
  expect(Object.values(all.get('aws')?.units ?? {})).toEqual(['api@a', 'api@b', 'api']);
  expect(Object.values(all.get('gcp')?.units ?? {})).toEqual(['ai']);
});
