/** The lint configuration really refuses imports that go the wrong way. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../scripts/io/state.ts';

const wrong: [string, string][] = [
  ['lib/values', '../config/names.ts'],
  ['lib/values', 'node:fs'],
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
];
const right: [string, string][] = [
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
  ['scripts/io/processes.ts', 'tinyexec'],
];

const folder = mkdtempSync(join(tmpdir(), 'dojang-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));
const said = lintAll([...wrong, ...right]);

describe('an import', () => {
  it.each(wrong)('in %s of %s is refused', (room, from) => expect(said).toContain(`${fileOf(room, from)}:`));
  it.each(right)('in %s of %s is fine', (room, from) => expect(said).not.toContain(`${fileOf(room, from)}:`));
});

/**
 * What the linter says, under our own configuration, of a tree in which each file makes one of
 * these imports.
 */
function lintAll(imports: readonly [string, string][]): string {
  const { vcs: _, ...configuration } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration));
  for (const [room, from] of imports) {
    const file = join(folder, fileOf(room, from));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `export * from '${from}';\n`);
  }
  const biome = join(root, 'node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', '--max-diagnostics=none', '--only=style/noRestrictedImports', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** The file of that import: in a folder one of its own, or the file that is named. */
function fileOf(room: string, from: string): string {
  return room.endsWith('.ts') ? room : `${room}/${from.replaceAll(/\W+/g, '_')}.ts`;
}
