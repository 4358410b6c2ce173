/** `dojang local env`: the variables that point other tools at the embedded clouds. */
import { loadConfig } from '../../io/config/config-file.ts';
import { terminal } from '../../io/terminal/terminal.ts';
import { startLocalClouds } from '../../local/index.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { localEnvAnswer } from './answer.ts';

/**
 * The variables as shell commands. Progress goes to stderr, so that `eval` reads the variables
 * alone.
 */
export async function env(): Promise<Outcome<DataOf<typeof localEnvAnswer>>> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const variables = await startLocalClouds(await loadConfig('local'), report, { start: false });
  return {
    format: localEnvAnswer,
    data: variables,
    lines: Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`),
  };
}
