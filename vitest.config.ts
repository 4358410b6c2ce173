import { defineConfig } from 'vitest/config';
import LongestFirst from './test/longest-first.ts';
import { filesOfTier, type Tier } from './test/tiers.ts';

/**
 * A limit ends a hang, it does not measure: whole clouds start in some tests, and on a new machine
 * an engine and an image are built first.
 */
const limits: Readonly<Record<Tier, { readonly testTimeout: number; readonly hookTimeout: number }>> = {
  unit: { testTimeout: 120_000, hookTimeout: 120_000 },
  integration: { testTimeout: 400_000, hookTimeout: 900_000 },
  e2e: { testTimeout: 400_000, hookTimeout: 900_000 },
};

const project = (name: Tier, setupFiles: string[] = []) => ({
  extends: true as const,
  test: { name, ...filesOfTier[name], ...limits[name], setupFiles },
});

export default defineConfig({
  test: {
    projects: [project('unit', ['test/refuse-outside.ts']), project('integration'), project('e2e')],
    // As with every limit here, it ends a hang: a busy machine takes longer than the second that is
    // the default.
    expect: { poll: { timeout: 60_000, interval: 100 } },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/run/global-setup.ts'],
    reporters: ['default', './test/count-reporter.ts'],
  },
});
