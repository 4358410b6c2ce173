/** A recipe in words: what would be done, before a host is there to do it on. */
import { type Row, tableLines } from '../../text/table.ts';
import type { HostRecipe } from './step.ts';

/** One line for each step; with `scripts` also what is run. */
export function recipeLines(
  { host, steps, handlers, leftOut }: HostRecipe,
  { scripts = false }: { readonly scripts?: boolean } = {},
): string[] {
  const rows: Row[] = [
    ...steps.flatMap(({ id, title, definitions, check, apply, notifies }) => [
      [id, notifies.length > 0 ? `${title}; then ${notifies.join(', ')}` : title],
      ...(scripts ? [...indented(definitions, 'functions'), ...indented(check, 'check'), ...indented(apply, 'apply')] : []),
    ]),
    ...handlers.flatMap(({ id, title, run }) => [[id, `${title} (at the end, if due)`], ...(scripts ? indented(run, 'run') : [])]),
    ...leftOut.map(({ id, title, reason }) => [id, `left out: ${title}. ${reason}`]),
  ];
  return [host, ...tableLines([{}, {}], rows)];
}

function indented(script: string, label: string): string[] {
  return script === '' ? [] : [`      # ${label}`, ...script.split('\n').map((each) => `      ${each}`.trimEnd())];
}
