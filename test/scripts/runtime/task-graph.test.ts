import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lib/deployment/up-plan.ts';
import { allSettled } from '../../../scripts/io/all-settled.ts';
import { runSteps } from '../../../scripts/runtime/task-graph.ts';

const step = (id: string, ...after: string[]): Step => ({ id, title: id, after, action: { do: 'guard' } });

/** Work that begins when it is called and ends when the test says so. */
class Bench {
  readonly began: string[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<void>>();

  readonly carryOut = async ({ id }: Step) => {
    this.began.push(id);
    await this.#endOf(id).promise;
  };

  async end(id: string): Promise<void> {
    this.#endOf(id).resolve();
    await settled();
  }

  async fail(id: string): Promise<void> {
    this.#endOf(id).reject(new Error(`${id} failed`));
    await settled();
  }

  #endOf(id: string): PromiseWithResolvers<void> {
    const known = this.#ends.get(id) ?? Promise.withResolvers<void>();
    this.#ends.set(id, known);
    return known;
  }
}

/** Lets everything go on that has nothing left to wait for. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const diamond = [step('top'), step('left', 'top'), step('right', 'top'), step('bottom', 'left', 'right')];

describe('running steps', () => {
  it('begins each as soon as those before it have ended, and those that do not wait together', async () => {
    const bench = new Bench();
    const running = runSteps(diamond, bench.carryOut);
    await settled();
    expect(bench.began).toEqual(['top']);
    await bench.end('top');
    expect(bench.began).toEqual(['top', 'left', 'right']);
    await bench.end('right');
    expect(bench.began).not.toContain('bottom');
    await bench.end('left');
    expect(bench.began).toContain('bottom');
    await bench.end('bottom');
    await running;
  });

  it('does not wait for a step that is not in the list', async () => {
    const bench = new Bench();
    const running = runSteps([step('bottom', 'left', 'right')], bench.carryOut);
    await settled();
    expect(bench.began).toEqual(['bottom']);
    await bench.end('bottom');
    await running;
  });

  it('throws the first failure, once what was running has ended, and begins nothing more', async () => {
    const bench = new Bench();
    let ended = false;
    const running = runSteps([...diamond, step('aside')], bench.carryOut).finally(() => {
      ended = true;
    });
    const outcome = expect(running).rejects.toThrow('left failed');
    await bench.end('top');
    await bench.fail('left');
    await bench.end('aside');
    expect(ended).toBe(false);
    await bench.end('right');
    await outcome;
    expect(bench.began).toEqual(['top', 'aside', 'left', 'right']);
  });

  it('begins no step that waits for one which succeeds after another has failed', async () => {
    const bench = new Bench();
    const running = runSteps([step('one'), step('two'), step('three', 'two')], bench.carryOut);
    const outcome = expect(running).rejects.toThrow('one failed');
    await settled();
    await bench.fail('one');
    await bench.end('two');
    await outcome;
    expect(bench.began).toEqual(['one', 'two']);
  });
});

describe('work that settles', () => {
  it('is waited for also when some of it fails, and the first failure in order is thrown', async () => {
    const late = Promise.withResolvers<void>();
    const all = allSettled([late.promise, Promise.reject(new Error('second'))]);
    late.reject(new Error('first'));
    await expect(all).rejects.toThrow('first');
  });
});
