import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderRecipe } from '../../../lib/host/render.ts';
import { cases } from './recipes.ts';

const modes = ['check', 'apply'] as const;

describe('shellcheck', () => {
  beforeAll(() => {
    const { error } = spawnSync('shellcheck', ['--version']);
    if (error) throw new Error('shellcheck is missing, so no script of a host can be checked: apt install shellcheck');
  });

  it.each(cases.flatMap(({ name, recipe }) => modes.map((mode) => ({ name: `${name} ${mode}`, script: renderRecipe(recipe, mode) }))))(
    'finds nothing in the script of $name',
    ({ script }) => {
      const { stdout } = spawnSync('shellcheck', ['--format=gcc', '-'], { input: script, encoding: 'utf8' });
      expect(stdout).toBe('');
    },
  );
});
