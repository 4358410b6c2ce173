/** `dojang config check` and `dojang init`: the configuration itself. */
import { existsSync } from 'node:fs';
import { ConfigError, faultsOf } from '../lib/config/faults.ts';
import { wrongOptions } from '../lib/config/init-options.ts';
import { configTemplate, type TemplateInput } from '../lib/config/template.ts';
import { DojangError } from '../lib/errors.ts';
import type { Outcome } from './context.ts';
import { configFile, readConfig, readConfigText } from './io/config-file.ts';
import { writeText } from './io/state.ts';

/** Every fault of the configuration at once. */
export async function checkConfig(): Promise<Outcome> {
  const written = await readConfig();
  const faults = faultsOf(written);
  if (faults.length > 0) return { data: { faults }, failure: new ConfigError(faults) };
  const environments = Object.keys((written as { environments: object }).environments);
  return { data: { faults, environments }, lines: [`dojang.config.ts is right: ${environments.join(', ')}`] };
}

export interface InitOptions extends TemplateInput {
  /** Overwrites a configuration that is there. */
  readonly force: boolean;
  readonly dryRun: boolean;
}

/** Writes a commented configuration for another service; what was not given is a placeholder to fill in. */
export async function init(options: InitOptions): Promise<Outcome> {
  const text = configTemplate(options);
  if (options.dryRun) return { data: { file: configFile, text }, lines: [text] };
  if (existsSync(configFile) && !options.force) {
    throw new DojangError('config-exists', `${configFile} is there already`, {
      why: 'A configuration describes machines that may be running.',
      next: 'dojang init --force replaces it; --dry-run prints what would be written',
    });
  }
  await requireRight(text);
  writeText(configFile, text);
  return {
    data: { file: configFile },
    lines: [`wrote ${configFile}`, '  what you did not give is an example: put your own, then dojang config check'],
  };
}

/** What was typed is checked before it takes the place of a configuration that works. @throws DojangError `wrong-options` */
async function requireRight(text: string): Promise<void> {
  const faults = faultsOf(await readConfigText(text));
  if (faults.length > 0) throw wrongOptions(faults) ?? new ConfigError(faults);
}
