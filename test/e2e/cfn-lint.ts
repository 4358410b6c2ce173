/** cfn-lint from a private Python environment in the cache folder, made once for each set of pins. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, root } from '../../scripts/io/state.ts';

const requirements = join(root, 'test', 'requirements-cfn-lint.txt');

export interface LintFinding {
  readonly Level: string;
  readonly Message: string;
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
}

/** What cfn-lint says of these template files. */
export function cfnLint(files: readonly string[], region: string): LintFinding[] {
  const bin = join(environment(), 'bin');
  // Through the interpreter: the script's own first line names the folder it was installed in.
  const { stdout, stderr } = spawnSync(
    join(bin, 'python'),
    [join(bin, 'cfn-lint'), '--format', 'json', '--regions', region, '--', ...files],
    {
      encoding: 'utf8',
    },
  );
  if (!stdout.trim()) throw new Error(`cfn-lint gave no answer: ${stderr}`);
  return JSON.parse(stdout);
}

function environment(): string {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `cfn-lint-${digest}`);
  if (!existsSync(folder)) install(folder);
  return folder;
}

/** Complete or not there: it gets its name when everything is in it. Whoever comes second uses what the first one made. */
function install(folder: string): void {
  mkdirSync(cacheFolder, { recursive: true });
  const draft = mkdtempSync(`${folder}.`);
  try {
    execFileSync('python3', ['-m', 'venv', draft]);
    execFileSync(join(draft, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
