import { describe, expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { cases } from '../recipes.ts';

const scripts = cases
  .filter(({ recipe }) => recipe.host === 'gcp')
  .map(({ name, recipe }) => ({ name, script: renderRecipe(recipe, 'apply') }));

/** What the unit of the AI server says in a recipe's script. */
function unitIn(script: string): string[] {
  const begin = script.indexOf('Description=Dojang AI server');
  expect(begin).toBeGreaterThan(0);
  return script.slice(begin, script.indexOf('WantedBy=multi-user.target', begin)).split('\n');
}

describe('the unit of the AI server', () => {
  it.each(scripts)('is active when the server listens, and is started anew when its loop is stuck: $name', ({ script }) => {
    const unit = unitIn(script);
    expect(unit.filter((line) => line.startsWith('Type='))).toEqual(['Type=notify']);
    const [watchdog] = unit.filter((line) => line.startsWith('WatchdogSec='));
    expect(Number(watchdog?.split('=')[1])).toBeGreaterThanOrEqual(10);
    expect(Number(watchdog?.split('=')[1])).toBeLessThanOrEqual(60);
    expect(unit).toContain('Restart=always');
  });

  it.each(scripts)(
    'lets the server speak to systemd, ends one worker without the others, and writes no contract to a core: $name',
    ({ script }) => {
      const unit = unitIn(script);
      expect(unit.find((line) => line.startsWith('RestrictAddressFamilies='))).toContain('AF_UNIX');
      expect(unit).toEqual(expect.arrayContaining(['OOMPolicy=continue', 'LimitCORE=0']));
    },
  );
});
