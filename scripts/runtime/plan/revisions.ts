/** The committed plans as they are at a revision, or in the working tree. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BookFile } from '../../../lib/cost/prices/price-book-schema.ts';
import { parseInventory } from '../../../lib/inventory/parse.ts';
import type { Inventory } from '../../../lib/inventory/resource.ts';
import { type Repository, repositoryOf } from '../../io/git.ts';
import { bookFilesIn } from '../../io/prices/book-folder.ts';
import { root } from '../../io/state.ts';

export interface Revision {
  /** For the terminal: `main (1a2b3c4)`. */
  readonly name: string;
  /** Environments that have a plan. */
  readonly environments: readonly string[];
  /** Text of an environment's plan; undefined when it has none. */
  text(environment: string): string | undefined;
  /** Text of `dojang.config.ts`; undefined when there is none. */
  config(): string | undefined;
  /**
   * The committed price book, file by file: `aws/us-east-1.json`, `exchange.json`. Empty when there
   * is none.
   */
  prices(): readonly BookFile[];
}

/**
 * What a change is compared with, and the change: the working tree when no `head` is named. It is
 * seen from where it began, whatever has happened to the base since.
 * @throws DojangError `unknown-revision`, `no-common-commit`.
 */
export function revisionsOf(base: string, head: string | undefined, folder = root): [Revision, Revision] {
  const repository = repositoryOf(folder);
  const tip = repository.commit(head ?? 'HEAD');
  const began = repository.commonCommit(repository.commit(base), tip);
  const from = committedRevision(repository, base, began);
  return [from, head === undefined ? workingTree(folder) : committedRevision(repository, head, tip)];
}

/** What is committed at a revision. */
function committedRevision(repository: Repository, name: string, commit: string): Revision {
  const environments = environmentsIn(repository.files(commit, 'plans'));
  return {
    name: `${name} (${commit.slice(0, 7)})`,
    environments,
    text: (environment) => (environments.includes(environment) ? repository.text(commit, planOf(environment)) : undefined),
    prices: () => [...repository.texts(commit, 'prices')].map(([file, text]) => ({ name: file, text })).filter(isJson),
    config: () => (repository.files(commit, '.').includes(configName) ? repository.text(commit, configName) : undefined),
  };
}

/** What lies in a clone now, committed or not. */
function workingTree(folder: string): Revision {
  const plans = join(folder, 'plans');
  const environments = existsSync(plans) ? environmentsIn(readdirSync(plans)) : [];
  return {
    name: 'the working tree',
    environments,
    text: (environment) => (environments.includes(environment) ? readFileSync(join(folder, planOf(environment)), 'utf8') : undefined),
    prices: () => (existsSync(join(folder, 'prices')) ? bookFilesIn(join(folder, 'prices')).filter(isJson) : []),
    config: () => (existsSync(join(folder, configName)) ? readFileSync(join(folder, configName), 'utf8') : undefined),
  };
}

const configName = 'dojang.config.ts';

const isJson = ({ name }: BookFile) => name.endsWith('.json');

/** Path of an environment's plan within the repository. */
export function planOf(environment: string): string {
  return `plans/${environment}.json`;
}

/** @throws DojangError `newer-plan`, `damaged-plan`, naming the revision. */
export function inventoryAt(revision: Revision, environment: string): Inventory | undefined {
  const text = revision.text(environment);
  return text === undefined ? undefined : parseInventory(text, `${planOf(environment)} of ${revision.name}`);
}

function environmentsIn(files: readonly string[]): string[] {
  return files.filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json'));
}
