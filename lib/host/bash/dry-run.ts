/** A recipe in words: what would be done, before a host is there to do it on. */
import type { HostRecipe } from './step.ts';

/** One line for each step; with `scripts` also what is run. */
export function recipeLines(
  { host, steps, handlers, leftOut }: HostRecipe,
  { scripts = false }: { readonly scripts?: boolean } = {},
): string[] {
  const width = Math.max(...[...steps, ...handlers, ...leftOut].map(({ id }) => id.length));
  const line = (id: string, words: string) => `  ${id.padEnd(width)}  ${words}`;
  return [
    host,
    ...steps.flatMap(({ id, title, definitions, check, apply, notifies }) => [
      line(id, notifies.length > 0 ? `${title}; then ${notifies.join(', ')}` : title),
      ...(scripts ? [...indented(definitions, 'functions'), ...indented(check, 'check'), ...indented(apply, 'apply')] : []),
    ]),
    ...handlers.flatMap(({ id, title, run }) => [line(id, `${title} (at the end, if due)`), ...(scripts ? indented(run, 'run') : [])]),
    ...leftOut.map(({ id, title, reason }) => line(id, `left out: ${title}. ${reason}`)),
  ];
}

function indented(script: string, label: string): string[] {
  return script === '' ? [] : [`      # ${label}`, ...script.split('\n').map((each) => `      ${each}`.trimEnd())];
}
