/** `dojang init`: a commented configuration for another service. */
import { existsSync } from 'node:fs';
import { ConfigError, faultsOf } from '../../../lib/config/faults.ts';
import { wrongOptions } from '../../../lib/config/init-options.ts';
import { configTemplate, type TemplateInput } from '../../../lib/config/template.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { configFile, readConfigText } from '../../io/config/config-file.ts';
import { writeText } from '../../io/state.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { initAnswer } from './answer.ts';

export interface InitOptions extends TemplateInput {
  /** Overwrites a configuration that is there. */
  readonly force: boolean;
  readonly dryRun: boolean;
}

/**
 * Writes a commented configuration for another service; what was not given is a placeholder to fill
 * in.
 */
export async function init(options: InitOptions): Promise<Outcome<DataOf<typeof initAnswer>>> {
  const text = configTemplate(options);
  if (options.dryRun) return { format: initAnswer, data: { file: configFile, text }, lines: [text] };
  if (existsSync(configFile) && !options.force) {
    throw new DojangError('config-exists', `${configFile} is there already`, {
      why: 'A configuration describes machines that may be running.',
      next: 'dojang init --force replaces it; --dry-run prints what would be written',
    });
  }
  await requireRight(text);
  writeText(configFile, text);
  return {
    format: initAnswer,
    data: { file: configFile },
    lines: [`wrote ${configFile}`, '  what you did not give is an example: put your own, then dojang config check'],
  };
}

/**
 * What was typed is checked before it takes the place of a configuration that works. @throws
 * DojangError `wrong-options`
 */
async function requireRight(text: string): Promise<void> {
  const faults = faultsOf(await readConfigText(text));
  if (faults.length > 0) throw wrongOptions(faults) ?? new ConfigError(faults);
}
