import { deflateSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { LogPage } from '../../../../lib/logs/page.ts';
import type { HostName, HostShell } from '../../../../lib/ports/host-shell.ts';
import { logs } from '../../../../scripts/commands/logs/logs.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const now = new Date('2026-11-28T14:32:00Z');
const since = new Date('2026-11-28T14:22:00Z');
const at = (second: number) => (Date.parse('2026-11-28T14:31:00Z') + second * 1000) * 1000;

let pages: Record<HostName, (LogPage | Error)[]>;
let asked: (readonly [HostName, Record<string, unknown>])[];
let memory: MemoryClouds;
let printed: string[];
beforeEach(() => {
  [pages, asked, printed] = [{ aws: [], gcp: [] }, [], []];
  memory = new MemoryClouds(environmentOf(service, 'prod'));
});

const page = (lines: readonly (readonly [number, string, string])[], more = false, until = at(59)): LogPage => ({
  until,
  more,
  lines: lines.map(([second, source, text]) => [at(second), source, text]),
});

const shell: HostShell = {
  run: async (host, script) => {
    asked.push([host, JSON.parse(/python3 - '(.*)' <</.exec(script)?.[1] ?? '{}')]);
    const next = pages[host].shift();
    if (next instanceof Error) throw next;
    if (!next) return { code: 1, stdout: '', stderr: 'Traceback\nPermissionError: no' };
    return { code: 0, stdout: `logs ${deflateSync(JSON.stringify(next)).toString('base64')}\n`, stderr: '' };
  },
  whenReady: async () => undefined,
};

const context = () => {
  const plain = memory.context();
  return { ...plain, report: { ...plain.report, line: (text = '') => void printed.push(text) } };
};
const read = (component: string, lines = 200, next?: () => Promise<boolean>) =>
  logs(context(), shell, component, { since, now, lines, ...(next && { next }) });

describe('logs', () => {
  it('of both hosts are merged by time', async () => {
    pages = {
      aws: [
        page([
          [1, 'api@a', 'one'],
          [3, 'web', 'three'],
        ]),
      ],
      gcp: [page([[2, 'ai', 'two']])],
    };
    const { data, lines } = checked(await read('all'));
    expect(lines).toEqual([
      '2026-11-28T14:31:01.000Z  api@a  one',
      '2026-11-28T14:31:02.000Z  ai     two',
      '2026-11-28T14:31:03.000Z  web    three',
    ]);
    expect(data).toMatchObject({ more: false, unreachable: [] });
    expect(asked.map(([host, { age }]) => [host, age])).toEqual([
      ['aws', 600],
      ['gcp', 600],
    ]);
  });

  it('that do not fit into one answer are asked for page by page', async () => {
    pages.aws = [
      page([[3, 'api@a', 'three']], true),
      page([
        [1, 'api@a', 'one'],
        [2, 'api@a', 'two'],
      ]),
    ];
    const { data } = checked(await read('api'));
    expect(data.lines.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(asked[1]?.[1]).toMatchObject({ until: at(59), skip: 1, lines: 199 });
  });

  it('say what --lines leaves out', async () => {
    pages.aws = [
      page(
        [
          [2, 'api@a', 'two'],
          [3, 'api@a', 'three'],
        ],
        true,
      ),
    ];
    const { data, lines } = checked(await read('api', 2));
    expect(data.more).toBe(true);
    expect(lines?.[0]).toBe('(earlier lines since 2026-11-28T14:22:00.000Z are left out: --lines, up to 9999)');
    expect(asked).toHaveLength(1);
  });

  it('of a page that is empty though there is more are not asked for without end', async () => {
    pages.aws = [page([], true)];
    expect(checked(await read('api')).data).toMatchObject({ lines: [], more: true });
  });

  it('of one host that cannot be asked are said to be missing', async () => {
    pages = { aws: [page([[1, 'web', 'one']])], gcp: [new DojangError('host-unreachable', 'no')] };
    expect(checked(await read('all')).data.unreachable).toEqual(['gcp']);
    expect(memory.notes).toEqual(['the gcp host cannot be asked; its lines are missing']);
  });

  it('of no host that can be asked are an error', async () => {
    pages.gcp = [new DojangError('host-unreachable', 'no')];
    await expect(read('ai')).rejects.toMatchObject({ code: 'host-unreachable' });
    await expect(read('api')).rejects.toMatchObject({ code: 'logs-failed', why: 'PermissionError: no' });
  });

  it('without a line say so', async () => {
    pages.aws = [page([])];
    expect(checked(await read('web')).lines).toEqual(['no line of web since 2026-11-28T14:22:00.000Z']);
  });

  it('of another name are refused without repeating it', async () => {
    const error = await read('hunter2').catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'unknown-app', next: 'dojang logs takes: web, api, ai, all' });
    expect(String(error)).not.toContain('hunter2');
  });

  it('are followed, from where each host was read up to; what was missed comes at the next look', async () => {
    pages = {
      aws: [
        page([[1, 'api@a', 'one']], false, at(10)),
        page([[12, 'api@a', 'four']], true, at(20)),
        page([], true, at(20)),
        page([], false, at(30)),
      ],
      gcp: [
        page([[2, 'ai', 'two']], false, at(11)),
        new DojangError('host-unreachable', 'no'),
        page(
          [
            [13, 'ai', 'five'],
            [25, 'ai', 'six'],
          ],
          false,
          at(31),
        ),
      ],
    };
    const looks = [true, true, false];
    const outcome = checked(await read('all', 200, async () => looks.shift() ?? false));
    expect(outcome.lines).toEqual([]);
    expect(printed.map((line) => line.split('  ').at(-1)?.trim())).toEqual(['one', 'two', 'four', 'five', 'six']);
    expect(asked.map(([host, { after }]) => [host, after])).toEqual([
      ['aws', undefined],
      ['gcp', undefined],
      ['aws', at(10)],
      ['gcp', at(11)],
      // The rest of a look that did not fit.
      ['aws', at(10)],
      ['aws', at(20)],
      ['gcp', at(11)],
    ]);
    expect(memory.notes).toEqual(['more than 2000 lines at once on the aws host: earlier ones are left out']);
  });
});
