/**
 * A command that never repeats what was typed. Commander quotes excess arguments, unknown options
 * and refused values in its messages; a word in the wrong place may be a secret, and a message ends
 * up in the log of a pipeline.
 */

import { Command, type ErrorOptions } from 'commander';
import { plural } from '../../lib/values/counted.ts';
import { listText } from '../../lib/values/list-text.ts';

/** What to do instead, by the words of the command. Others refer to their help. */
const hints: Readonly<Record<string, string>> = {
  'dojang secret set': 'A secret is no argument: it is typed when dojang asks for it, or read from stdin: dojang secret set <name> < file',
};

/** Messages of these quote definitions alone. */
const quoteNothing = new Set([
  'commander.missingArgument',
  'commander.optionMissingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.conflictingOption',
]);

export class RedactingCommand extends Command {
  override createCommand(name?: string): RedactingCommand {
    return new RedactingCommand(name);
  }

  override error(message: string, options: ErrorOptions = {}): never {
    return super.error(quoteNothing.has(options.code ?? '') ? message : this.#redacted(message, options.code), options);
  }

  #redacted(message: string, code: string | undefined): string {
    const words = wordsOf(this);
    const help = `Next: ${hints[words] ?? `${words} --help lists what it takes`}`;
    switch (code) {
      case 'commander.excessArguments':
        return `error: ${words} takes ${this.registeredArguments.length || 'no'} ${plural(this.registeredArguments.length, 'argument')}, and more were given\n  ${help}`;
      case 'commander.unknownOption':
        return `error: ${words} has no such option${this.#suggestion(message)}\n  ${help}`;
      case 'commander.unknownCommand':
        return `error: ${words} has no such verb${this.#suggestion(message)}\n  ${help}`;
      case 'commander.invalidArgument':
        return invalidValue(message);
      default:
        return `error: ${words} does not understand its arguments\n  ${help}`;
    }
  }

  /** Commander's own, as far as it names what there is. */
  #suggestion(message: string): string {
    const known = new Set([
      ...familyOf(this).flatMap(({ options }) => options.map(({ long }) => long)),
      ...this.commands.map((c) => c.name()),
    ]);
    const [, similar = ''] = /\n\(Did you mean (?:one of )?([^\n]*)\?\)$/.exec(message) ?? [];
    const names = similar.split(', ').filter((name) => known.has(name));
    return names.length > 0 ? ` (did you mean ${listText(names, 'or')}?)` : '';
  }
}

/** The command and those that it belongs to, outermost last. */
function familyOf(command: Command): Command[] {
  return [command, ...(command.parent ? familyOf(command.parent) : [])];
}

const wordsOf = (command: Command) =>
  familyOf(command)
    .map((each) => each.name())
    .reverse()
    .join(' ');

/** The definition comes before the value or after it, and so does the rule for values. */
function invalidValue(message: string): string {
  const [, option] = /^error: option '([^']*)' (?:argument|value) /.exec(message) ?? [];
  const end = option ? /^.* is invalid\.(?: (.*))?$/s : /^.* is invalid for argument '([^']*)'\.(?: (.*))?$/s;
  const found = end.exec(message) ?? [];
  const what = option ? `option '${option}'` : `argument '${found[1] ?? ''}'`;
  const rule = (option ? found[1] : found[2]) ?? '';
  return `error: ${what} does not take the value that was given${rule ? `: ${rule}` : ''}`;
}
