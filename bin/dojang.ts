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
  process.exitCode = exitCodeOf(isOfParser(error) ? error : await causeOf(error));
}

/** What printed its answer already is not replaced: it was looked at as a whole. */
async function causeOf(error: unknown): Promise<unknown> {
  if (error instanceof Error && answered.has(error)) return error;
  return (await import('../scripts/runtime/local-cause.ts')).withLocalCause(error);
}

function isOfParser(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && code.startsWith('commander.');
}

/**
 * Help and version end in success; the parser has already reported a wrong word on the command
 * line.
 */
function exitCodeOf(error: unknown): number {
  if (isOfParser(error)) return (error as { exitCode?: number }).exitCode === 0 ? 0 : 1;
  if (process.argv.includes('--json') && !(error instanceof Error && answered.has(error))) {
    process.stdout.write(`${failureText(error)}\n`);
  }
  process.stderr.write(`${explain(error, { verbose: process.argv.includes('--verbose') })}\n`);
  return error instanceof DojangError ? (error.status ?? 1) : 1;
}
