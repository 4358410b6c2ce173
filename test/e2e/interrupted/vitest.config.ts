import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** A test run inside a test, set up as every other: one file that is never through in time. */
export default defineConfig({
  root: join(import.meta.dirname, '../../..'),
  test: {
    include: ['test/e2e/interrupted/endless.ts'],
    globalSetup: ['test/run/global-setup.ts'],
    testTimeout: 400_000,
    hookTimeout: 400_000,
    reporters: ['default'],
  },
});
