/** The scanners, each from a Python environment with pinned and hashed packages. */
import { dirname, join, relative } from 'node:path';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { collect } from '../../io/process/processes.ts';
import { pythonEnvironment } from '../../io/process/python.ts';
import { root } from '../../io/state.ts';
import { type Finding, readers } from './findings.ts';
import { region, writeNginx, writeTemplates } from './inputs.ts';

export type ScannerName = 'zizmor' | 'cfn-lint' | 'checkov' | 'gixy' | 'bandit';

export interface Scan {
  /** What is looked at, in words. */
  readonly subject: string;
  readonly find: (folder: string, progress: Progress) => Promise<Finding[]>;
}

export const scans: Readonly<Record<ScannerName, Scan>> = {
  zizmor: {
    subject: '.github, by the strictest persona',
    find: async (_, progress) => {
      const bin = dirname(await pythonEnvironment(lock('zizmor'), progress));
      const options = ['--offline', '--persona', 'auditor', '--no-exit-codes', '--format', 'json', '--quiet'];
      return readers.zizmor(await output(join(bin, 'zizmor'), [...options, '.github']));
    },
  },
  'cfn-lint': {
    subject: 'the CloudFormation templates of prod',
    find: async (folder, progress) => {
      const python = await pythonEnvironment(join(root, 'test/requirements-cfn-lint.txt'), progress);
      // Through the interpreter: the script's own first line names the folder that it was installed
      // in.
      const options = ['--format', 'json', '--regions', region, '--'];
      const templates = writeTemplates(folder);
      return readers
        .cfnLint(await output(python, [join(dirname(python), 'cfn-lint'), ...options, ...templates]))
        .map((finding) => ({ ...finding, place: relative(join(folder, 'templates'), finding.place) }));
    },
  },
  checkov: {
    subject: 'the CloudFormation templates of prod, and the pipelines of GitHub and GitLab',
    find: async (folder, progress) => {
      const python = await pythonEnvironment(lock('checkov'), progress);
      writeTemplates(folder);
      const checkov = async (...options: readonly string[]) =>
        readers.checkov(await output(python, ['-m', 'checkov.main', '--compact', '--quiet', '--skip-download', '-o', 'json', ...options]));
      return [
        ...(await checkov('--framework', 'cloudformation', '-d', join(folder, 'templates'))),
        ...(await checkov('--framework', 'github_actions', '-d', join(root, '.github'))),
        ...(await checkov('--framework', 'gitlab_ci', '-f', join(root, '.gitlab-ci.yml'))),
      ];
    },
  },
  gixy: {
    subject: 'the nginx configuration of both hosts, as their recipes write it',
    find: async (folder, progress) => {
      const python = await pythonEnvironment(lock('gixy'), progress);
      const found: Finding[] = [];
      for (const file of writeNginx(folder)) found.push(...readers.gixy(await output(python, ['-m', 'gixy', '-f', 'json', file])));
      return found.map((finding) => ({ ...finding, place: relative(folder, finding.place) }));
    },
  },
  bandit: {
    subject: 'apps/ai/dojang_ai',
    find: async (_, progress) => {
      const python = await pythonEnvironment(lock('bandit'), progress);
      return readers.bandit(await output(python, ['-m', 'bandit', '--quiet', '--recursive', '--format', 'json', 'apps/ai/dojang_ai']));
    },
  },
};

const lock = (name: string) => join(root, 'scripts/dev/scan', `${name}.txt`);

/**
 * What it prints, whatever its exit code, which says only whether there are findings. @throws
 * DojangError `no-scan` when it prints nothing
 */
async function output(command: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await collect(command, args, { cwd: root, maxBytes: 2 ** 28 }).catch((error: unknown) => ({
    stdout: '',
    stderr: String(error),
  }));
  if (stdout.trim() !== '') return stdout;
  throw new DojangError('no-scan', `${args.find((word) => !word.startsWith('-')) ?? command} gave no answer`, {
    why: stderr.trim().split('\n').slice(-5).join('\n    '),
  });
}
