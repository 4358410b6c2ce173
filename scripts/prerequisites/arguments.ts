/** The arguments of `npm start` and `npm test`. */
import { DojangError } from '../../lib/errors/dojang-error.ts';
import type { Purpose } from '../../lib/prerequisites/requirements.ts';

export interface Arguments {
  /** Undefined when the command only prints, or runs on real clouds: then nothing is installed. */
  readonly purpose: Purpose | undefined;
  readonly install: 'ask' | 'yes' | 'no';
  /** The command with its own arguments. */
  readonly command: readonly string[];
}

/**
 * npm keeps what is typed without `--` to itself, and sets variables instead: `npm start
 * --no-install` means the same as `npm start -- --no-install`.
 * @param words `<start|test> <command> [argument ...]`, to which npm adds what the user typed
 *   after `--`
 * @throws DojangError `usage`
 */
export function parseArguments([purpose, ...words]: readonly string[], env: Readonly<Record<string, string | undefined>>): Arguments {
  if (purpose !== 'start' && purpose !== 'test') {
    throw new DojangError('usage', `${purpose ?? '(nothing)'} is neither start nor test`, { next: 'npm start or npm test' });
  }
  const inPipeline = env.CI !== undefined && env.CI !== '' && env.CI !== 'false';
  const yes = words.some((word) => word === '--yes' || word === '-y') || env.npm_config_yes === 'true' || inPipeline;
  const no = words.includes('--no-install') || env.npm_config_install === '';
  const command = words.filter((word) => !['--yes', '-y', '--no-install'].includes(word));
  return { purpose: purposeOf(purpose, command), install: no ? 'no' : yes ? 'yes' : 'ask', command };
}

function purposeOf(purpose: 'start' | 'test', words: readonly string[]): Purpose | undefined {
  if (words.some((word) => ['--help', '-h', '--dry-run', '-n'].includes(word))) return undefined;
  if (purpose === 'start' && environmentIn(words) !== 'local') return undefined;
  return words.includes('--clouds-only') ? 'clouds' : purpose;
}

/** As `dojang` reads it: `--env prod`, `--env=prod`, `-e prod` or `-eprod`. */
function environmentIn(words: readonly string[]): string {
  const index = words.findIndex((word) => /^(--env(=|$)|-e)/.test(word));
  const word = words[index];
  if (word === undefined) return 'local';
  return word === '--env' || word === '-e' ? (words[index + 1] ?? '') : word.replace(/^(--env=|-e=?)/, '');
}
