import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { down } from '../../../../scripts/commands/down/down.ts';
import type { Clouds, Context } from '../../../../scripts/runtime/context.ts';
import { checked } from '../../checked.ts';

const report: Context['report'] = {
  tasks: (_, work) => work(),
  task: (_, work) => work(() => undefined),
  line: () => undefined,
  note: () => undefined,
};
const context = (approve: string[], dryRun = false): Context => ({
  environment: environmentOf(service, 'prod'),
  report,
  options: { approve, dryRun },
});
const held = ['Address', 'Artifacts', 'DataVolume', 'ai-address', 'ai-data'];

/** Clouds that only record what is asked of them. */
function recording() {
  const calls: string[] = [];
  const note =
    (call: string) =>
    async (...given: unknown[]) =>
      void calls.push(`${call} ${JSON.stringify(given[0])}`);
  const clouds = { aws: { deleteParameters: note('parameters'), destroy: note('aws') }, gcp: { destroy: note('gcp') } };
  return { calls, clouds: async () => clouds as unknown as Clouds };
}

const yes = { all: false, yes: true, confirm: async () => false };

describe('down of production', () => {
  it('keeps addresses and data', async () => {
    const { calls, clouds } = recording();
    checked(await down(context([]), clouds, yes));
    expect(calls).toContain('aws ["dojang-prod-network","dojang-prod-host"]');
    expect(calls).toContain('gcp {"keep":["ai-address","ai-data"]}');
  });

  it('removes the endpoints that the API reads after its machine, so that a refused stop leaves the service as it is', async () => {
    const { calls, clouds } = recording();
    checked(await down(context([]), clouds, yes));
    const [removed, parameters] = ['aws ', 'parameters '].map((call) => calls.findIndex((one) => one.startsWith(call)));
    expect(removed).toBeGreaterThan(-1);
    expect(parameters).toBeGreaterThan(removed ?? 0);
    const refused = { deleteParameters: async () => void calls.push('deleted'), destroy: () => Promise.reject(new Error('not stopped')) };
    const failing = async () => ({ ...(await clouds()), aws: refused }) as unknown as Clouds;
    await expect(down(context([]), failing, yes)).rejects.toThrow('not stopped');
    expect(calls).not.toContain('deleted');
  });

  it('--all refuses until everything that holds something is approved by name', async () => {
    for (const missing of held) {
      const { calls, clouds } = recording();
      const others = held.filter((id) => id !== missing);
      await expect(down(context(others), clouds, { ...yes, all: true })).rejects.toThrow(`would delete ${missing}`);
      expect(calls).toEqual([]);
    }
    const { calls, clouds } = recording();
    checked(await down(context(held), clouds, { ...yes, all: true }));
    expect(calls).toContain('aws ["dojang-prod-addresses","dojang-prod-network","dojang-prod-host"]');
    expect(calls).toContain('gcp {"keep":[]}');
  });

  it('removes nothing when the person says no, or with --dry-run', async () => {
    const { calls, clouds } = recording();
    await expect(down(context([]), clouds, { ...yes, yes: false })).rejects.toThrow('nothing was removed');
    checked(await down(context([], true), clouds, { ...yes, all: true }));
    expect(calls).toEqual([]);
  });
});
