/**
 * The tier of a test file follows from where it lies, as its subject does:
 * - end-to-end: `test/e2e/`, whole commands on embedded clouds;
 * - integration: `test/apps/`, `test/scripts/io/` and `test/scripts/local/`, whose subjects talk
 *   to something outside (databases, browsers, embedded clouds, hosts); and any file that ends in
 *   `.integration.test.ts`, because it needs a program that not every machine has;
 * - unit: every other. It runs without network, without root and with Node, Git, Bash and Python
 *   alone; `refuse-outside.ts` holds it to that.
 */
export type Tier = 'unit' | 'integration' | 'e2e';

interface Files {
  readonly include: string[];
  readonly exclude: string[];
}

const all = 'test/**/*.test.ts';
const e2e = 'test/e2e/**/*.test.ts';
const integration = ['test/{apps,scripts/io,scripts/local}/**/*.test.ts', 'test/**/*.integration.test.ts'];

/** Each test file is of exactly one tier. */
export const filesOfTier: Readonly<Record<Tier, Files>> = {
  unit: { include: [all], exclude: [e2e, ...integration] },
  integration: { include: integration, exclude: [e2e] },
  e2e: { include: [e2e], exclude: [] },
};
