#!/usr/bin/env node
/** The command `dojang`: the only place where its process ends. */
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// What is imported statically would be compiled before the cache is on.
enableCompileCache();
const [{ DojangError, explain }, { commandLine }, { answered }, { failureText }] = await Promise.all([
  import('../lib/errors/dojang-error.ts'),
  import('../scripts/cli/program.ts'),
  import('../scripts/cli/run-verb.ts'),
  import('../scripts/cli/answer-text.ts'),
]);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

try {
  await commandLine(version).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/**
 * Help and version end in success; the parser has already reported a wrong word on the command
 * line.
 */
function exitCodeOf(error: unknown): number {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && code.startsWith('commander.')) return (error as { exitCode?: number }).exitCode === 0 ? 0 : 1;
  if (process.argv.includes('--json') && !(error instanceof Error && answered.has(error))) {
    process.stdout.write(`${failureText(error)}\n`);
  }
  process.stderr.write(`${explain(error, { verbose: process.argv.includes('--verbose') })}\n`);
  return error instanceof DojangError ? (error.status ?? 1) : 1;
}
