/** `npm run bench -- <name>`: measures what people rely on and prints the figures; nothing is judged here. */
import { parseArgs } from 'node:util';
import { DojangError, explain } from '../../lib/errors.ts';
import { benchApi } from './api.ts';
import { benchCommands, commandPairs } from './commands.ts';

const names = [...Object.keys(commandPairs), 'api'];

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '15' },
      waiting: { type: 'string', default: '2000' },
    },
  });
  const name = positionals[0] ?? 'plan';
  if (name === 'api') await benchApi({ seconds: Number(values.seconds), waiting: Number(values.waiting) });
  else if (commandPairs[name]) benchCommands(name, Number(values.runs));
  else throw new DojangError('no-bench', `no benchmark ${name}`, { next: `there is: ${names.join(', ')}` });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
