/**
 * What `--json` prints is published: every command has a format, and a published one stays what it
 * is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { answerText, failureText, mismatchOf } from '../../../scripts/cli/answer-text.ts';
import { answerFormats } from '../../../scripts/cli/formats.ts';
import { commandLine } from '../../../scripts/cli/program.ts';
import { printAnswer } from '../../../scripts/cli/run-verb.ts';
import { outputsAnswer } from '../../../scripts/commands/outputs/answer.ts';
import { secretListAnswer } from '../../../scripts/commands/secret/answer.ts';
import { fieldsOf } from '../../../scripts/dev/docs/json-page/fields.ts';
import { jsonPage, ownFields } from '../../../scripts/dev/docs/json-page/page.ts';
import { root } from '../../../scripts/io/state.ts';
import { failureAnswer, failureSchema } from '../../../scripts/runtime/answers/failure.ts';
import { readAnswer } from '../checked.ts';

/** Those with `--json`, by their words without `dojang`. */
function commandsWithJson(command: Command, words: readonly string[] = []): string[] {
  const own = command.options.some(({ long }) => long === '--json') ? [words.join(' ')] : [];
  return [...own, ...command.commands.flatMap((each) => commandsWithJson(each, [...words, each.name()]))];
}

const commands = commandsWithJson(commandLine('1.0.0'));

describe('every command with --json', () => {
  it('is found', () => expect(commands).toContain('cost what-if'));

  it.each(commands)('%s has a format', (words) => expect(answerFormats.map(({ command }) => command)).toContain(words));

  it('is there for every format', () => {
    const words = answerFormats.map(({ command }) => command.replace(/ --.*/, ''));
    expect([...new Set(words)].toSorted()).toEqual(commands.toSorted());
  });
});

const raise = 'a format is published: raise the version of its answer, or only add (then vitest -u)';
const lineOf = ({ path, optional, type }: ReturnType<typeof fieldsOf>[number]) => `${path}${optional ? '?' : ''}: ${type}`;

describe('a format', () => {
  it('has a name of its own', () => {
    const names = answerFormats.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^dojang(\.[a-z-]+)+\/[1-9]\d*$/.test(name))).toEqual([]);
  });

  it('is what was published', () => {
    const formats = answerFormats.map((format) => [format.name, ownFields(format).map(lineOf)] as const);
    const failure = ['dojang.failure/1', fieldsOf(failureAnswer).map(lineOf)] as const;
    expect(Object.fromEntries([...formats, failure]), raise).toMatchSnapshot();
  });

  it.each(answerFormats)('$name has fields and no others', ({ name, command, printed }) => {
    const { error } = printed.safeParse({ format: name, 'no such field': [] });
    const codes = error?.issues.map(({ code }) => code);
    // The names of its fields are data.
    expect(codes).toContain(command === 'local env' ? 'invalid_type' : 'unrecognized_keys');
  });
});

it('docs/json.md describes them', () => expect(readFileSync(join(root, 'docs/json.md'), 'utf8')).toBe(jsonPage()));

const refusal = new DojangError('drift', 'it differs\nin two places', { next: 'dojang wire' });

describe('an answer', () => {
  it('begins with its format and its failure', () => {
    const text = answerText({ format: outputsAnswer, data: { aws: {}, gcp: {}, endpoints: {} }, failure: refusal });
    expect(Object.keys(readAnswer(text) as object)).toEqual(['format', 'failure', 'aws', 'gcp', 'endpoints']);
    expect(readAnswer(text)).toMatchObject({ format: 'dojang.outputs/1', failure: { code: 'drift', message: 'it differs' } });
  });

  it('that is a list is printed as items', () => {
    const text = answerText({ format: secretListAnswer, data: [] });
    expect(readAnswer(text)).toEqual({ format: 'dojang.secret.list/1', items: [] });
  });

  it('that differs from its format names the place', () => {
    const text = JSON.stringify({ format: outputsAnswer.name, aws: { Address: 5 }, gcp: {}, endpoints: {} });
    expect(mismatchOf(outputsAnswer, text)).toMatchObject({
      code: 'answer-mismatch',
      message: expect.stringMatching(/^the answer is not dojang\.outputs\/1 at aws\.Address: /),
    });
  });

  it('that differs is printed all the same, and said on stderr', () => {
    const [out, err] = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true));
    printAnswer({ format: outputsAnswer, data: { aws: {}, gcp: {}, endpoints: {}, ...{ more: 1 } } }, { json: true });
    const [printed, said] = [out, err].map((each) => each?.mock.calls.map(([text]) => text).join(''));
    vi.restoreAllMocks();
    expect(JSON.parse(printed ?? '')).toMatchObject({ more: 1 });
    expect(said).toContain('dojang: the answer is not dojang.outputs/1 at its top: Unrecognized key: "more"');
  });
});

it.each([refusal, new Error('anything else')])('a command that ends without an answer prints a failure: %s', (error) => {
  const { failure } = failureAnswer.parse(JSON.parse(failureText(error)));
  expect(failureSchema.parse(failure).message).toBe(error.message.split('\n')[0]);
});
