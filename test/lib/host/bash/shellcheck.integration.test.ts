import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { joinScript } from '../../../../lib/host/join.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import { cases } from '../recipes.ts';

// Not that of a function which nothing calls: the programs of a host share functions, of which one
// does not call all.
const options = ['--format=gcc', '--shell=bash', '--exclude=SC2317'];

const modes = ['check', 'apply'] as const;

describe('shellcheck', () => {
  beforeAll(() => {
    const { error } = spawnSync('shellcheck', ['--version']);
    if (error) throw new Error('shellcheck is missing, so no script of a host can be checked: apt install shellcheck');
  });

  const recipes = cases.flatMap(({ name, recipe }) =>
    modes.map((mode) => ({ name: `${name} ${mode}`, script: renderRecipe(recipe, mode) })),
  );
  const joining = { name: 'the join', script: joinScript('ap-northeast-2', { id: 'an-id', code: Secret.of(`co'de`) }) };

  it.each([...recipes, joining])('finds nothing in the script of $name', ({ script }) => {
    const { stdout } = spawnSync('shellcheck', [...options, '-'], { input: script, encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});
