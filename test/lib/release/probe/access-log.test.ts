/** Which lines of nginx's log count, and as what. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessLogFunctions } from '../../../../lib/release/probe/access-log.ts';
import { asking, python, whole } from '../../../../lib/release/probe/script.ts';
import { bash } from '../../host/bash.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-access-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Line {
  readonly status?: number;
  readonly path?: string;
  readonly method?: string;
  readonly seconds?: number;
  readonly upstream?: string;
  readonly upstreamSeconds?: string;
  readonly agent?: string;
  readonly ended?: number;
}

const line = (changes: Line = {}) =>
  JSON.stringify({
    ...{ time: '2026-11-28T10:00:50+00:00', method: 'GET', path: '/api/listings', status: 200, seconds: 0.1, upstreamSeconds: '0.050' },
    ...{ agent: 'curl', ended: 1050, upstream: '127.0.0.1:8080' },
    ...changes,
  });

interface Window {
  readonly component?: string;
  readonly port?: string;
  readonly before?: readonly string[];
  readonly maintenance?: 'on' | 'off';
}

/** From second 1000 to 1100. */
function windowOf(lines: readonly string[], { component = 'api', port = '', before, maintenance = 'off' }: Window = {}): number[] {
  writeFileSync(join(folder, 'access.log'), lines.map((each) => `${each}\n`).join(''));
  if (before) writeFileSync(join(folder, 'access.log.1'), before.map((each) => `${each}\n`).join(''));
  const program = `${asking}\n${accessLogFunctions}\nprint(json.dumps(window(requests(1000.0, 1100.0), *sys.argv[1:])))`;
  const script = whole(python(program, [component, port, maintenance])).replaceAll('/var/log/nginx', folder);
  const { code, stdout, stderr } = bash(script);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

it('counts requests, errors and the time in the API', () => {
  expect(windowOf([line(), line({ status: 503 }), line({ status: 302 })])).toEqual([3, 1, 50]);
});

it('has the 95th of a hundred, by the nearest rank', () => {
  const lines = Array.from({ length: 100 }, (_, index) => line({ upstreamSeconds: `0.${String(index + 1).padStart(3, '0')}` }));
  expect(windowOf(lines)).toEqual([100, 0, 95]);
});

describe('not counted', () => {
  it.each([400, 401, 404, 429, 499])('an answer of %i', (status) => expect(windowOf([line({ status })])).toEqual([0, 0, 0]));
  it('a probe', () => expect(windowOf([line({ agent: 'dojang-probe', status: 500 })])).toEqual([0, 0, 0]));
  it.each([999, 1101])('what ended at %i', (ended) => expect(windowOf([line({ ended })])).toEqual([0, 0, 0]));
  it('a line that is cut off or of another form', () => expect(windowOf(['{"time', '[]', '7', '{}', line()])).toEqual([1, 0, 50]));
});

describe('the maintenance page', () => {
  const page = line({ upstream: '', upstreamSeconds: '', status: 503 });
  it('is no error while it is on', () => expect(windowOf([page, line({ status: 503 })], { maintenance: 'on' })).toEqual([1, 1, 50]));
  it('is none of what 503 means else', () => expect(windowOf([page])).toEqual([1, 1, 100]));
});

describe('not slow', () => {
  it.each([
    ['an event stream', { path: '/api/contracts/1/events' }],
    ['an upload', { path: '/api/contracts', method: 'POST' }],
  ])('%s, but its error is one', (_, what) => {
    const slow = { ...what, upstreamSeconds: '290.000', seconds: 290 };
    expect(windowOf([line(slow), line({ ...slow, status: 500 })])).toEqual([2, 1, 0]);
  });

  it('a request that waited in nginx', () => expect(windowOf([line({ seconds: 20 })])).toEqual([1, 0, 50]));
});

describe('of one port', () => {
  it('has its requests alone', () =>
    expect(windowOf([line(), line({ upstream: '127.0.0.1:8081' })], { port: '8081' })).toEqual([1, 0, 50]));

  it('has the errors that nginx sent to no port', () => {
    const lines = [line({ upstream: '', upstreamSeconds: '', status: 503 }), line({ upstream: '', upstreamSeconds: '' })];
    expect(windowOf(lines, { port: '8081' })).toEqual([1, 1, 100]);
  });

  it('has all on a host whose log does not name it', () => {
    const { upstream: _, ended: __, ...earlier } = JSON.parse(line({ ended: 1050 }));
    expect(windowOf([JSON.stringify({ ...earlier, time: '1970-01-01T00:17:30+00:00' })], { port: '8081' })).toEqual([1, 0, 50]);
  });
});

it.each([
  ['web', 1, '/assets/a.js'],
  ['web', 0, '/api/listings'],
  ['web', 0, '/health/liveness'],
  ['api', 0, '/assets/a.js'],
])('for %s counts %i of %s', (component, count, path) => expect(windowOf([line({ path })], { component })[0]).toBe(count));

it('goes on in the log that was rotated away, and no further back than it must', () => {
  const before = [line({ ended: 900, status: 500 }), line({ ended: 1001 })];
  expect(windowOf([line({ ended: 1002 })], { before })).toEqual([2, 0, 50]);
  expect(windowOf([line({ ended: 994 }), line({ ended: 1002 })], { before })).toEqual([1, 0, 50]);
});

describe('a rotation while the log is read', () => {
  /** Runs `before` of Python when the log itself has been opened for the first time. */
  function counted(before: string): { code: number | null; stdout: string; stderr: string } {
    writeFileSync(join(folder, 'access.log'), `${line()}\n${line({ ended: 1060 })}\n`);
    writeFileSync(join(folder, 'access.log.1'), `${line({ ended: 1001 })}\n`);
    const rotated = [
      'import builtins, threading',
      'open_file, times = builtins.open, 0',
      'def rotating(path, mode):',
      '    global times',
      '    file = open_file(path, mode)',
      '    times += 1',
      '    if times == 1:',
      ...before.split('\n').map((each) => `        ${each}`),
      '    return file',
      'builtins.open = rotating',
    ].join('\n');
    const program = `${asking}\n${accessLogFunctions}\n${rotated}\nprint(window(requests(1000.0, 1100.0), "api"))`;
    return bash(whole(python(program, [])).replaceAll('/var/log/nginx', folder));
  }

  const moved = 'os.rename(LOG + ".1", LOG + ".2")\nos.rename(LOG, LOG + ".1")';

  it('neither counts requests twice nor loses the newest', () => {
    const { code, stdout } = counted(`${moved}\nopen_file(LOG, "w").write(${JSON.stringify(`${line({ ended: 1070 })}\n`)})`);
    expect([code, stdout]).toEqual([0, '(3, 0, 50.0)\n']);
  });

  it('waits for the new log, which is made a moment later', () => {
    const { code, stdout } = counted(`${moved}\nthreading.Timer(0.3, lambda: open_file(LOG, "w")).start()`);
    expect([code, stdout]).toEqual([0, '(2, 0, 50.0)\n']);
  });
});

it('says so when there is no log', () => {
  const program = `${asking}\n${accessLogFunctions}\nrequests(1000.0, 1100.0)`;
  const { code, stderr } = bash(whole(python(program, [])).replaceAll('/var/log/nginx', folder));
  expect([code, stderr]).toEqual([1, `there is no ${folder}/access.log\n`]);
});

it('finds lines that workers wrote out of order, over blocks of the file', () => {
  const long = { agent: 'x'.repeat(30_000) };
  const lines = Array.from({ length: 100 }, (_, index) => line({ ...long, ended: 1050 + (index % 2) }));
  expect(windowOf(lines)).toEqual([100, 0, 50]);
});
