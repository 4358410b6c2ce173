/**
 * `npm run lock:python`: writes the hashes of every set of Python packages; with `-- --upgrade`
 * also newer versions.
 */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { processVariables } from '../../io/process/process-environment.ts';
import { collectSync } from '../../io/process/processes.ts';
import { pythonEnvironment } from '../../io/process/python.ts';
import { root } from '../../io/state.ts';
import { lockArguments, packageSets } from './sets.ts';

const { values } = parseArgs({ options: { upgrade: { type: 'boolean', default: false } } });
const python = await pythonEnvironment(join(root, 'scripts/dev/python-locks/uv.txt'), (note) => process.stderr.write(`${note}\n`));
// Files of this machine alone must not be among the hashes.
const env = { ...processVariables(), UV_NO_CONFIG: '1', UV_FIND_LINKS: '', PIP_FIND_LINKS: '' };

for (const set of packageSets) {
  process.stdout.write(`${set.path}.txt\n`);
  const { code } = collectSync(join(dirname(python), 'uv'), lockArguments(set, values), { cwd: root, env, output: 'inherit' });
  if (code !== 0) process.exitCode = 1;
}
