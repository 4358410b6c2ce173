import { defineConfig } from 'vitest/config';
import LongestFirst from './test/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whole clouds start in some tests, and on a new machine an engine and an image are built first; a limit ends a hang, it does not measure.
    testTimeout: 400_000,
    hookTimeout: 900_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/count-reporter.ts'],
  },
});
