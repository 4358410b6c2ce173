/** The rows that a command shows while it works, as they are on a terminal. */
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { type TerminalOptions, terminal } from '../../../../scripts/io/terminal/terminal.ts';
import { Screen } from './screen.ts';

/** Work that goes on when the test says so. */
class Work {
  readonly #end = Promise.withResolvers<string>();
  say: Progress = () => undefined;

  readonly run = (progress: Progress) => {
    this.say = progress;
    return this.#end.promise;
  };

  end = (result: string) => this.#end.resolve(result);
  fail = () => this.#end.reject(new Error('failed'));
}

const result = (text: string) => text;
const names = ['addresses', 'gcp ai', 'aws host', 'wire'];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

/** The lines of a screen, whatever the position of its spinner. */
const shown = (screen: Screen) => screen.lines.map((line) => line.replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/, '⠋'));
const settled = () => new Promise((resolve) => setImmediate(resolve));

function onScreen(columns?: number, options: Partial<TerminalOptions> = {}) {
  const screen = new Screen(columns);
  return { screen, report: terminal({ out: screen.stream, progress: screen.stream, kind: 'xterm', ...options }) };
}

describe('announced tasks on a terminal', () => {
  it('are all there from the start, and each ends above those that run or wait', async () => {
    const { screen, report } = onScreen();
    const [first, second] = [new Work(), new Work()];
    const all = report.tasks(names, async () => {
      await report.task('addresses', first.run, result);
      report.note('something to know');
      await report.task('aws host', second.run, result);
    });
    await settled();
    expect(shown(screen)).toEqual(['  ⠋ addresses          0 s', '  · gcp ai', '  · aws host', '  · wire']);

    first.say('creating');
    vi.advanceTimersByTime(8000);
    await settled();
    expect(shown(screen)[0]).toBe('  ⠋ addresses          8 s    creating');

    first.end('203.0.113.10');
    await settled();
    expect(shown(screen)).toEqual([
      '  ✓ addresses          8 s    203.0.113.10',
      '  ! something to know',
      '  · gcp ai',
      '  ⠋ aws host           0 s',
      '  · wire',
    ]);

    second.end('');
    await all;
    expect(shown(screen)).toEqual(['  ✓ addresses          8 s    203.0.113.10', '  ! something to know', '  ✓ aws host           0 s']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that have not begun are gone after a failure, and the failure stays', async () => {
    const { screen, report } = onScreen();
    const work = new Work();
    const all = report.tasks(names, () => report.task('addresses', work.run, result));
    work.say('waiting for the stack');
    work.fail();
    await expect(all).rejects.toThrow('failed');
    await settled();
    expect(shown(screen)).toEqual(['  ✗ addresses          0 s    waiting for the stack']);
  });

  it('leave room for one that was not announced, in front of those that wait', async () => {
    const { screen, report } = onScreen();
    const work = new Work();
    const all = report.tasks(['wire'], () => report.task('cloud images', work.run, result));
    await settled();
    expect(shown(screen)).toEqual(['  ⠋ cloud images       0 s', '  · wire']);
    work.end('kept');
    await all;
    await settled();
    expect(shown(screen)).toEqual(['  ✓ cloud images       0 s    kept']);
  });

  it('keep lines of the answer that are printed in between', async () => {
    const { screen, report } = onScreen();
    const work = new Work();
    const all = report.tasks(['one', 'two'], () => report.task('one', work.run, result));
    report.line('the answer');
    await settled();
    expect(shown(screen)).toEqual(['the answer', '  ⠋ one                0 s', '  · two']);
    work.end('');
    await all;
  });

  it('fit 40 columns: what is longer is cut, and never wraps', async () => {
    const { screen, report } = onScreen(40);
    const work = new Work();
    const all = report.tasks(names, () => report.task('addresses', work.run, result));
    work.say('waiting for CloudFormation to say that the stack is there');
    vi.advanceTimersByTime(1000);
    await settled();
    expect(shown(screen)).toEqual(['  ⠋ addresses          1 s    waiting …', '  · gcp ai', '  · aws host', '  · wire']);
    work.end('');
    await all;
  });
});

describe('a terminal that can redraw nothing', () => {
  it.each([
    ['is dumb', 80, 'dumb'],
    ['has no size', 0, 'xterm'],
  ])('that %s gets plain lines without a cursor sequence', async (_, columns, kind) => {
    const written = new PassThrough();
    const stream = Object.assign(written, { isTTY: true, columns, getColorDepth: () => 1, hasColors: () => false });
    const progress = stream as unknown as NodeJS.WriteStream;
    const report = terminal({ out: progress, progress, kind });
    await report.tasks(names, () =>
      report.task(
        'addresses',
        async (say) => {
          say('creating');
          return '203.0.113.10';
        },
        result,
      ),
    );
    expect(String(written.read())).toBe('  · addresses        creating\n  ✓ addresses          0 s    203.0.113.10\n');
  });

  it('a pipe neither, and says nothing of tasks that wait', async () => {
    const written = new PassThrough();
    const progress = written as unknown as NodeJS.WriteStream;
    const report = terminal({ out: progress, progress, kind: 'xterm' });
    await report.tasks(names, () => report.task('wire', async () => 'nothing to change', result));
    expect(String(written.read())).toBe('  ✓ wire               0 s    nothing to change\n');
  });
});
