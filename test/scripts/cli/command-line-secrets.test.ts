/** What is typed in a wrong place may be a secret: no verb repeats it, and each says what to do. */
import type { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { explain } from '../../../lib/errors/dojang-error.ts';
import { givenSecret, knownSecrets } from '../../../lib/pki/secrets.ts';
import { commandLine } from '../../../scripts/cli/program.ts';

const marker = 'hunter2-S3cr3t';

/** Every command with the words that call it, groups and the outermost among them. */
function everyCommand(command: Command, words: readonly string[] = []): { command: Command; words: readonly string[] }[] {
  return [{ command, words }, ...command.commands.flatMap((each) => everyCommand(each, [...words, each.name()]))];
}
const commands = everyCommand(commandLine('0'));

/** Everything that is printed when this is typed. */
async function printed(typed: readonly string[]): Promise<{ text: string; failed: boolean }> {
  const pieces: string[] = [];
  const write = (piece: string | Uint8Array) => pieces.push(String(piece)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  try {
    await commandLine('0').parseAsync([...typed], { from: 'user' });
    return { text: pieces.join(''), failed: false };
  } catch (error) {
    // What `bin/dojang.ts` adds for an error that is not the parser's, at its most talkative.
    return { text: `${pieces.join('')}${explain(error, { verbose: true })}`, failed: (error as { exitCode?: number }).exitCode !== 0 };
  } finally {
    vi.restoreAllMocks();
  }
}

afterEach(() => vi.restoreAllMocks());

const named = commands.map(({ command, words }) => ({ command, words, name: words.join(' ') || '(no verb)' }));
const takesAnyNumber = (command: Command) => command.registeredArguments.some(({ variadic }) => variadic);
/** Completion answers whatever was typed so far. */
const isCompletion = (words: readonly string[]) => words[0] === 'complete';

/** What the command cannot do without. */
function needed(command: Command): string[] {
  const options = command.options.filter(({ mandatory }) => mandatory).flatMap(({ long }) => [long ?? '', 'main']);
  return [...options, ...command.registeredArguments.map(() => 'model-key')];
}

it.each(named.filter(({ command }) => !takesAnyNumber(command)))('$name does not repeat an excess argument', async ({ command, words }) => {
  const { text, failed } = await printed([...words, ...needed(command), marker]);
  expect(text).not.toContain(marker);
  expect(failed).toBe(true);
  expect(text).toMatch(/Next: |Allowed choices are /);
});

describe.each(named)('$name does not repeat', ({ command, words }) => {
  it('an unknown option or its value', async () => {
    for (const typed of [[`--${marker}`], [`--token=${marker}`], ['--token', marker], [`-p${marker}`], ['-p', marker]]) {
      const { text, failed } = await printed([...words, ...typed]);
      expect(text).not.toContain(marker);
      expect(failed || isCompletion(words)).toBe(true);
    }
  });

  it('a value of an option that takes none', async () => {
    const flags = command.options.filter(({ required, optional }) => !required && !optional).flatMap(({ long }) => long ?? []);
    for (const flag of flags) expect((await printed([...words, `${flag}=${marker}`])).text).not.toContain(marker);
  });

  it('a value that an option refuses', async () => {
    const checked = command.options.filter(({ argChoices, parseArg }) => argChoices || parseArg).flatMap(({ long }) => long ?? []);
    for (const flag of checked) {
      const { text, failed } = await printed([...words, flag, `${marker} is invalid. ${marker}`]);
      expect(text).not.toContain(marker);
      expect(failed).toBe(true);
      expect(text).toMatch(new RegExp(`option '[^']*${flag}[^']*' does not take the value that was given: \\w`));
    }
  });
});

it('says how a secret is given when it was typed as an argument', async () => {
  const { text } = await printed(['secret', 'set', 'oidc-client-secret', marker]);
  expect(text).toContain('dojang secret set takes 1 argument, and more were given');
  expect(text).toContain('read from stdin: dojang secret set <name> < file');
});

it('does not repeat a secret that was typed in the place of its name', () => {
  const set = () => givenSecret(marker, knownSecrets(environmentOf(service, 'prod')));
  expect(set).toThrow('is not one of a secret that is set by hand');
  expect(set).not.toThrow(marker);
});

it('still helps with a word that is nearly right', async () => {
  expect((await printed(['up', '--dryrun'])).text).toContain('(did you mean --dry-run?)');
  expect((await printed(['provison'])).text).toContain('(did you mean provision?)');
  expect((await printed(['secret', 'lst'])).text).toContain('(did you mean list?)');
  expect((await printed(['review', '--format', 'xml'])).text).toContain('Allowed choices are markdown, json, sarif, junit.');
});
