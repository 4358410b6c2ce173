/**
 * Every unit that the recipes restart by themselves goes on trying, however long what it needs is
 * away.
 */
import { expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { cases } from '../recipes.ts';

/** Names and texts of the unit files that a recipe writes and that say `Restart=`. */
function restartingUnits(script: string): [name: string, text: string][] {
  const files = [...script.matchAll(/^text_of_(\w+)\(\) \{\n\S+ <<'EOF'\n([\s\S]*?)\nEOF$/gm)];
  return files.map(([, name = '', text = '']): [string, string] => [name, text]).filter(([, text]) => /^Restart=/m.test(text));
}

const units = cases.flatMap(({ name, recipe }) =>
  restartingUnits(renderRecipe(recipe, 'apply')).map(([unit, text]) => ({ name, unit, text })),
);

it('the recipes have such units', () => expect(new Set(units.map(({ unit }) => unit)).size).toBe(4));

it.each(units)('$name: $unit has no limit of starts, and waits between them', ({ text }) => {
  const [head = '', service = ''] = text.split('[Service]');
  expect(head).toMatch(/^StartLimitIntervalSec=0$/m);
  expect(Number(/^RestartSec=(\d+)$/m.exec(service)?.[1])).toBeGreaterThanOrEqual(1);
});
