/** `dojang local ...`: what a person does with the embedded clouds beside deploying to them. */
import type { Outcome } from '../context.ts';
import { loadConfig } from '../io/config-file.ts';
import { terminal } from '../io/terminal.ts';
import { startLocalClouds } from './index.ts';

/** The variables as shell commands. Progress goes to stderr, so that `eval` reads the variables alone. */
export async function env(): Promise<Outcome> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const variables = await startLocalClouds(await loadConfig('local'), report, false);
  return { data: variables, lines: Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`) };
}
