import { describe, expect, it } from 'vitest';
import { retainedProgram } from '../../gpu/partial-programs.ts';
import { gpuProgram } from '../../gpu/program.ts';
import { inputs, prod } from './environments.ts';
import { comesAfter, eventsOf } from './mocks.ts';

describe('the order in which the GCP program makes things', () => {
  it('makes the data disk after the machine, so that a zone without a T4 fails while it holds nothing', async () => {
    expect(await waitsFor('ai-data', 'ai-machine')).toBe(true);
  });

  it('makes the address before the machine, after the APIs, and without waiting for anything else', async () => {
    expect(await waitsFor('ai-machine', 'ai-address')).toBe(true);
    expect(await waitsFor('ai-address', 'service-compute')).toBe(true);
    expect(await waitsFor('ai-address', 'network')).toBe(false);
  });
});

describe('what is left after a removal', () => {
  it.each([[['ai-address', 'ai-data']], [['ai-address']], [[]]])('is what was to be kept: %j', async (keep) => {
    const asked = (await eventsOf(() => retainedProgram(prod, inputs, keep))).filter(({ what }) => what === 'asked');
    const around = new Set(['dojang-prod', 'google', 'address', 'data']);
    expect(
      asked
        .map(({ name }) => name)
        .filter((name) => !around.has(name))
        .sort(),
    ).toEqual(keep);
  });
});

async function waitsFor(later: string, earlier: string): Promise<boolean> {
  return comesAfter(await eventsOf(() => gpuProgram(prod, inputs), earlier), later, earlier);
}
