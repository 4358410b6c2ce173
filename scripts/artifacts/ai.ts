/**
 * The AI server as an artifact: its package and the wheels of everything it needs, for the target's
 * Python.
 */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import type { Target } from '../../lib/release/artifact.ts';
import { run } from '../io/process/processes.ts';
import { pythonEnvironment } from '../io/process/python.ts';
import { root } from '../io/state.ts';
import type { ArtifactRecipe } from './recipe.ts';

const source = join(root, 'apps/ai');
const pip = fileURLToPath(new URL('pip.txt', import.meta.url));

/**
 * Platforms whose wheels run on hosts of these days, newest first: glibc 2.31 and later.
 * https://peps.python.org/pep-0600/
 */
const glibc = ['2_31', '2_28', '2_27', '2_26', '2_24', '2_17', '2_12', '2_5'];
const machine = { x64: 'x86_64', arm64: 'aarch64' } as const;

/** With `endpoint` the libraries of retrieval come too; they are larger than all the rest. */
export function aiRecipe(engine: 'offline' | 'endpoint'): ArtifactRecipe {
  const requirements = engine === 'offline' ? 'requirements.txt' : 'requirements-endpoint.txt';
  return {
    app: 'ai',
    sources: ['apps/ai/dojang_ai', `apps/ai/${requirements}`],
    variant: ({ architecture, python }) => `${engine} ${architecture} ${python}`,
    async build(folder, target, progress) {
      cpSync(join(source, 'dojang_ai'), join(folder, 'dojang_ai'), { recursive: true, filter: (path) => !path.includes('__pycache__') });
      cpSync(join(source, requirements), join(folder, 'requirements.txt'));
      mkdirSync(join(folder, 'wheels'));
      progress(`fetching the AI server's packages for Python ${target.python}`);
      await fetchWheels(join(folder, 'requirements.txt'), join(folder, 'wheels'), target, await pythonEnvironment(pip, progress));
    },
  };
}

async function fetchWheels(requirements: string, wheels: string, target: Target, python: string): Promise<void> {
  const { python: version = '' } = target;
  if (!existsSync(requirements)) throw new DojangError('no-requirements', `${requirements} is missing`, { next: 'restore it from git' });
  const platforms = [...glibc.map((each) => `manylinux_${each}`), 'manylinux2014', 'linux'].map(
    (each) => `${each}_${machine[target.architecture]}`,
  );
  const options = [
    '--only-binary=:all:',
    '--no-deps',
    '--require-hashes',
    '--no-input',
    '--quiet',
    '--dest',
    wheels,
    '--python-version',
    version,
  ];
  const implementation = ['--implementation', 'cp', '--abi', `cp${version.replace('.', '')}`, '--abi', 'abi3', '--abi', 'none'];
  try {
    await run(python, [
      '-m',
      'pip',
      'download',
      ...options,
      ...implementation,
      ...platforms.flatMap((each) => ['--platform', each]),
      '-r',
      requirements,
    ]);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new DojangError(
      'no-wheels',
      `pip could not fetch the AI server's packages for Python ${version} on ${machine[target.architecture]}`,
      {
        why: `The end of what it said:\n    ${stderr.trim().split('\n').slice(-5).join('\n    ')}`,
        next: 'check that pip reaches its package index, then run it again',
        cause: error,
      },
    );
  }
}
