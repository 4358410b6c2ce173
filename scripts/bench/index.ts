/**
 * `npm run bench -- <name>`: measures what people rely on and prints the figures; nothing is judged
 * here.
 */
import { parseArgs } from 'node:util';
import { DojangError, explain } from '../../lib/errors/dojang-error.ts';
import { benchApi } from './api.ts';
import { benchCommands, commandPairs } from './commands.ts';
import { benchCost, measureCost } from './cost.ts';
import { abortOnSignal, interrupted } from './interrupt.ts';
import { benchLoad } from './load.ts';
import { benchPrices } from './prices.ts';
import { benchRelease } from './release.ts';

const names = [...Object.keys(commandPairs), 'api', 'cost', 'load', 'prices', 'release'];

abortOnSignal();
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ai: { type: 'boolean', default: false },
      followers: { type: 'string', default: '100' },
      releases: { type: 'string', default: '10' },
      megabytes: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '15' },
      size: { type: 'string' },
      waiting: { type: 'string', default: '2000' },
    },
  });
  const name = positionals[0] ?? 'plan';
  if (name === 'api') await benchApi({ seconds: Number(values.seconds), waiting: Number(values.waiting) });
  else if (name === 'release') await benchRelease({ releases: Number(values.releases), seconds: Number(values.seconds) });
  else if (name === 'load') {
    const { ai, followers, seconds } = values;
    await benchLoad({ commands: positionals.slice(1), ai, followers: Number(followers), seconds: Number(seconds) });
  } else if (name === 'cost') values.size === undefined ? benchCost(Number(values.runs)) : measureCost(Number(values.size));
  else if (name === 'prices') await benchPrices({ megabytes: Number(values.megabytes) });
  else if (commandPairs[name]) benchCommands(name, Number(values.runs));
  else throw new DojangError('no-bench', `no benchmark ${name}`, { next: `there is: ${names.join(', ')}` });
} catch (error) {
  process.stderr.write(`${explain(interrupted.aborted ? interrupted.reason : error)}\n`);
  process.exitCode = 1;
}
