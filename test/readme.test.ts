/** The two READMEs: both name every verb that the command line has, and the same commands. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../scripts/cli/program.ts';

const english = readFileSync('README.md', 'utf8');
const korean = readFileSync('README.ko.md', 'utf8');

/** Completion for the shell is named in a sentence, not in the table. */
const verbs = commandLine('0')
  .commands.map((command) => command.name())
  .filter((name) => name !== 'complete' && name !== 'help');

describe.each([
  ['README.md', english],
  ['README.ko.md', korean],
])('%s', (_, text) => {
  it.each(verbs)('names %s', (verb) => expect(verbsOf(text)).toContain(verb));
});

it('both have the same table of verbs', () => expect(cells(korean)).toEqual(cells(english)));

it('both show the same commands', () => {
  expect(commands(english).length).toBeGreaterThan(10);
  expect(commands(korean)).toEqual(commands(english));
});

it('both link to the same documents', () => expect(links(korean)).toEqual(links(english)));

/** First cells of the table's rows that hold commands. */
function cells(text: string): string[] {
  return [...text.matchAll(/^\| (`npx dojang .*?) +\|/gm)].map(([, cell = '']) => cell);
}

/** `dojang status`, `outputs` names two. */
function verbsOf(text: string): string[] {
  return cells(text).flatMap((cell) => [...cell.matchAll(/`(?:npx dojang )?([a-z]+)/g)].map(([, verb = '']) => verb));
}

/** Indented lines outside of the diagram, without their comments. */
function commands(text: string): string[] {
  return [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line.replace(/ +# .*$/, ''));
}

function links(text: string): string[] {
  return [...new Set([...text.matchAll(/\]\(((?:docs|apps)\/[^)]+)\)/g)].map(([, link = '']) => link))].sort();
}
