/** The web as an artifact: what Vite builds. */
import { join } from 'node:path';
import { root } from '../io/state.ts';
import { orBuildFailed } from './build-failed.ts';
import type { ArtifactRecipe } from './recipe.ts';

const source = join(root, 'apps/web');

export const webRecipe: ArtifactRecipe = {
  app: 'web',
  sources: [
    'apps/web/src',
    'apps/web/public',
    'apps/web/index.html',
    'apps/web/vite.config.ts',
    'apps/web/package.json',
    'package-lock.json',
  ],
  variant: () => 'every machine',
  async build(folder, _target, progress) {
    progress('building the web');
    const { build } = await import('vite');
    const bundling = build({
      root: source,
      configFile: join(source, 'vite.config.ts'),
      logLevel: 'silent',
      build: { outDir: folder, emptyOutDir: true },
    });
    await orBuildFailed('web', bundling);
  },
};
