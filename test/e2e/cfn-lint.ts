/** cfn-lint from a private Python environment, made once for each set of pins. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { pythonEnvironment } from '../../scripts/io/process/python.ts';
import { root } from '../../scripts/io/state.ts';

export interface LintFinding {
  readonly Level: string;
  readonly Message: string;
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
}

/** Findings of cfn-lint in these template files. */
export async function cfnLint(files: readonly string[], region: string): Promise<LintFinding[]> {
  const python = await pythonEnvironment(join(root, 'test/requirements-cfn-lint.txt'), () => undefined);
  // Through the interpreter: the script's own first line names the folder it was installed in.
  const words = [join(dirname(python), 'cfn-lint'), '--format', 'json', '--regions', region, '--', ...files];
  const { stdout, stderr } = spawnSync(python, words, { encoding: 'utf8' });
  if (!stdout.trim()) throw new Error(`cfn-lint gave no answer: ${stderr}`);
  return JSON.parse(stdout);
}
