/**
 * The API as an artifact: four bundled files, the migrations, what it declares of itself and the
 * Node runtime of the target.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { declarationFile } from '../../lib/release/host/settings.ts';
import { run } from '../io/process/processes.ts';
import { root } from '../io/state.ts';
import { orBuildFailed } from './build-failed.ts';
import type { ArtifactRecipe } from './recipe.ts';
import { nodeRuntime } from './runtime.ts';

const source = join(root, 'apps/api');

export const apiRecipe: ArtifactRecipe = {
  app: 'api',
  sources: ['apps/api/src', 'apps/api/migrations', 'apps/api/package.json', 'package-lock.json'],
  variant: ({ architecture }) => architecture,
  async build(folder, { architecture }, progress) {
    progress('bundling the API');
    await orBuildFailed('api', bundleApi(folder));
    const { stdout } = await run(process.execPath, [join(source, 'src/declaration.ts')]);
    writeFileSync(join(folder, declarationFile), stdout);
    cpSync(join(source, 'migrations'), join(folder, 'migrations'), { recursive: true });
    mkdirSync(join(folder, 'bin'));
    cpSync(await nodeRuntime(architecture, progress), join(folder, 'bin/node'));
  },
};

/**
 * The programs by their place in the sources. The server finds the last one, which reads bodies for
 * it, beside itself.
 */
const programs = ['server.ts', 'migrate.ts', 'test-account.ts', 'contracts/submission/content-worker.ts'];

/**
 * One file for each program, so that a release starts quickly and holds nothing it does not use.
 */
export async function bundleApi(folder: string): Promise<void> {
  for (const program of programs) {
    await build({
      input: join(source, 'src', program),
      platform: 'node',
      logLevel: 'silent',
      output: {
        dir: folder,
        format: 'esm',
        entryFileNames: '[name].js',
        codeSplitting: false,
        // Some packages are still written for `require`.
        banner: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    });
  }
  rmSync(join(folder, 'chunks'), { recursive: true, force: true });
}
