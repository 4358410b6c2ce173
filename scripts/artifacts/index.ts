/** Builds artifacts, each once: the next call with the same sources finds the file. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '../../lib/ports/reporter.ts';
import type { App, Artifact, Target } from '../../lib/release/artifact.ts';
import { cacheFolder, readJson, root, whileTemporaryFolder, writeJson } from '../io/state.ts';
import { aiRecipe } from './ai.ts';
import { apiRecipe } from './api.ts';
import { type Packed, pack } from './pack.ts';
import type { ArtifactRecipe } from './recipe.ts';
import { webRecipe } from './web.ts';

const artifacts = join(cacheFolder, 'artifacts');
/** Changes when the same sources would be packed otherwise. */
const builder = '2';

export interface BuildOptions {
  readonly engine: 'offline' | 'endpoint';
}

/**
 * The artifact of an application for a target, built when its sources have changed. Two commands
 * may build it at once.
 */
export async function artifactFor(app: App, target: Target, { engine }: BuildOptions, progress: Progress): Promise<Artifact> {
  const recipe = recipeOf(app, engine);
  const record = join(artifacts, `${app}-${inputDigest(recipe, target)}.json`);
  const known = readJson<Packed>(record);
  const file = (digest: string) => join(artifacts, `${digest}.tar.gz`);
  if (known && existsSync(file(known.digest))) return { app, target, ...known, file: file(known.digest) };
  mkdirSync(artifacts, { recursive: true });
  return whileTemporaryFolder(async (folder) => {
    const contents = join(folder, 'contents');
    mkdirSync(contents);
    await recipe.build(contents, target, progress);
    progress(`packing ${app}`);
    const draft = join(artifacts, `draft.${process.pid}.${app}`);
    const packed = await pack(contents, draft);
    renameSync(draft, file(packed.digest));
    writeJson(record, packed);
    return { app, target, ...packed, file: file(packed.digest) };
  });
}

function recipeOf(app: App, engine: BuildOptions['engine']): ArtifactRecipe {
  if (app === 'web') return webRecipe;
  return app === 'api' ? apiRecipe : aiRecipe(engine);
}

/** Of all that goes into an artifact: the same text, the same artifact. */
function inputDigest(recipe: ArtifactRecipe, target: Target): string {
  const hash = createHash('sha256').update(`${builder}\n${recipe.app}\n${recipe.variant(target)}\n`);
  for (const path of recipe.sources.flatMap(filesIn)) hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 24);
}

function filesIn(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((each) => statSync(join(root, each)).isFile() && !each.includes('__pycache__'))
    .sort();
}
