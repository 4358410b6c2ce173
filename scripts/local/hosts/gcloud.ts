/**
 * The part of the `gcloud` command that reaches a machine before Systems Manager does, on the
 * embedded GCP. Arguments: as gcloud's.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import { processVariables } from '../../io/process/process-environment.ts';
import { start } from '../../io/process/processes.ts';
import { stateFolder } from '../../io/state.ts';
import { type HostNode, nodesOf } from './files.ts';
import { operator } from './image/image-recipe.ts';
import { onMachine } from './machine/machine.ts';

const options = {
  zone: { type: 'string' },
  project: { type: 'string' },
  command: { type: 'string' },
  'tunnel-through-iap': { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;

/**
 * As ssh, which gcloud starts: 255 when the machine is not reached, else the status of the command.
 */
const notReached = 255;

try {
  process.exitCode = await ssh(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`ERROR: (gcloud, the embedded stand-in) ${messageOf(error)}\n`);
  process.exitCode = error instanceof DojangError && error.code === 'no-machine' ? notReached : 2;
}

async function ssh(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [group, verb, name, ...others] = positionals;
  if (group !== 'compute' || verb !== 'ssh' || name === undefined || others.length > 0) {
    throw new DojangError('not-there', `only "compute ssh NAME" is there, not "${positionals.join(' ')}"`);
  }
  const node = machineNamed(name, values.zone, values.project);
  const shell = values.command === undefined ? [] : ['-c', values.command];
  // A login shell of a user other than root, as over SSH.
  const [program, ...rest] = onMachine(node.leader, ['runuser', '--login', operator, ...shell]);
  const { PATH, TERM = 'dumb' } = processVariables();
  const child = start(program, rest, { stdio: 'inherit', env: { PATH, TERM } });
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? notReached)));
}

/** Machine, zone and project must be right, as for the real one. */
function machineNamed(name: string, zone: string | undefined, project: string | undefined): HostNode {
  const machine = name.replace(/^.*@/, '');
  const nodes = nodesOf(join(stateFolder, 'local', 'hosts'));
  const found = nodes.find((node) => node.instanceName === machine && node.zone === zone && node.project === project);
  if (found) return found;
  throw new DojangError('no-machine', `no machine projects/${project}/zones/${zone}/instances/${machine} is running`);
}
