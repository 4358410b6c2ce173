/**
 * The lint configuration really refuses imports that go the wrong way, and variables of the process
 * that are read elsewhere than in their adapter.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../scripts/io/state.ts';

const wrong: [string, string][] = [
  ['lib/values', '../config/names.ts'],
  ['lib/values', 'node:fs'],
  ['lib/values', '../text/table.ts'],
  ['lib/text', '../config/names.ts'],
  ['lib/text', 'node:fs'],
  ['lib/config', '../wiring/rule.ts'],
  ['lib/wiring', '../constructs/host-group.ts'],
  ['lib/wiring', '@aws-sdk/client-ec2'],
  ['lib/inventory', 'aws-cdk-lib/core'],
  ['lib/inventory/gcp', '../../../scripts/runtime/plan/planned-inventory.ts'],
  ['lib/constructs', '../../stacks/app.ts'],
  ['stacks', '../gpu/program.ts'],
  ['stacks', '../scripts/commands/plan/plan.ts'],
  ['gpu', '../stacks/app.ts'],
  ['gpu', 'aws-cdk-lib/core'],
  ['scripts/io/aws', '../../../bin/cdk.ts'],
  ['scripts/commands/up', '../deploy/deploy.ts'],
  ['scripts/commands/up', '../../commands/deploy/deploy.ts'],
  ['scripts/commands/up', '../../cli/program.ts'],
  ['scripts/runtime/plan', '../../commands/plan/plan.ts'],
  ['scripts/local/gcp', '../../runtime/context.ts'],
  ['scripts/artifacts', '../runtime/context.ts'],
  ['scripts/io', '../local/index.ts'],
  ['lib/config/schema', '../../ports/aws.ts'],
  ['gpu', 'node:child_process'],
  ['scripts/cli', 'tinyexec'],
  ['scripts/commands/up', 'node:child_process'],
  ['scripts/dev/scan', 'node:child_process'],
  ['scripts/io/gcp', 'tinyexec'],
  ['scripts/local/hosts', 'node:child_process'],
  ['scripts/commands/up/parts', '../../deploy/deploy.ts'],
  ['lib/wiring', 'tinyexec'],
  ['lib/host/bash', 'p-retry'],
  ['lib/config', 'p-wait-for'],
  ['lib/text', 'log-update'],
];
const right: [string, string][] = [
  ['scripts/commands/up/parts', '../steps.ts'],
  ['scripts/commands/up/parts', '../../../runtime/context.ts'],
  ['bin', '../scripts/cli/program.ts'],
  ['scripts/runtime/plan', '../../../stacks/app.ts'],
  ['scripts/cli', '../commands/up/up.ts'],
  ['scripts/commands/up', './steps.ts'],
  ['scripts/commands/up', '../../runtime/context.ts'],
  ['scripts/commands/up', '../../io/state.ts'],
  ['scripts/runtime', '../local/index.ts'],
  ['scripts/local', '../io/state.ts'],
  ['stacks', '../lib/constructs/host-group.ts'],
  ['lib/constructs', '../wiring/rule.ts'],
  ['lib/wiring', '../config/names.ts'],
  ['lib/wiring', 'node:util'],
  ['lib/config', '../values/cidr.ts'],
  ['lib/config', '../text/table.ts'],
  ['lib/text', 'cli-table3'],
  ['scripts/io/process/processes.ts', 'tinyexec'],
];

const readsVariables = [
  'lib/config/names.ts',
  'scripts/cli/program.ts',
  'scripts/io/aws/clients.ts',
  'scripts/runtime/context.ts',
  'stacks/app.ts',
];
const mayReadVariables = ['bin/cdk.ts', 'scripts/io/process/process-environment.ts', 'test/browser.ts', 'apps/api/src/server.ts'];

const imports = [...wrong, ...right].map(([room, from]) => [fileOf(room, from), `export * from '${from}';\n`] as const);
const readers = [...readsVariables, ...mayReadVariables].map((file) => [file, 'export const { PATH } = process.env;\n'] as const);
const refusedImports = lintAll(imports, 'style/noRestrictedImports');
const refusedReaders = lintAll(readers, 'style/noProcessEnv');

describe('an import', () => {
  it.each(wrong)('in %s of %s is refused', (room, from) => expect(refusedImports).toContain(`${fileOf(room, from)}:`));
  it.each(right)('in %s of %s is fine', (room, from) => expect(refusedImports).not.toContain(`${fileOf(room, from)}:`));
});

describe('a variable of the process', () => {
  it.each(readsVariables)('is not read in %s', (file) => expect(refusedReaders).toContain(`${file}:`));
  it.each(mayReadVariables)('may be read in %s', (file) => expect(refusedReaders).not.toContain(`${file}:`));
});

const globals = lintAll(
  ['fetch("https://example.com")', 'process.cwd()', 'setTimeout(() => 1, 1)'].map((content, at) => [`lib/wiring/global${at}.ts`, content]),
  'style/noRestrictedGlobals',
);

it.each([0, 1, 2])('lib reaches nothing outside by a global: %s', (at) => expect(globals).toContain(`lib/wiring/global${at}.ts:`));

/** What a rule says, under our own configuration, of a tree of these files with their content. */
function lintAll(files: readonly (readonly [file: string, content: string])[], rule: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-lint-'));
  try {
    const { vcs: _, ...configuration } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration));
    for (const [file, content] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    const biome = join(root, 'node_modules/.bin/biome');
    const { stdout, stderr } = spawnSync(biome, ['lint', '--max-diagnostics=none', '--diagnostic-level=error', `--only=${rule}`, '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The file of that import: in a folder one of its own, or the file that is named. */
function fileOf(room: string, from: string): string {
  return room.endsWith('.ts') ? room : `${room}/${from.replaceAll(/\W+/g, '_')}.ts`;
}
