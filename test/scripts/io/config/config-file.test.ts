/** The configuration of another revision is an untrusted program. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { readConfigText } from '../../../../scripts/io/config/config-file.ts';
import { root } from '../../../../scripts/io/state.ts';

afterEach(() => vi.unstubAllEnvs());

const drafts = () => readdirSync(root).filter((name) => name.startsWith(`.dojang.config.${process.pid}.`));

/** What a configuration of these lines exports as `answer`. */
const answerOf = (...lines: string[]) =>
  readConfigText(["import { readFileSync } from 'node:fs';", ...lines, 'export default answer;'].join('\n'));

/** What becomes of an attempt: its result, or the code of the error. */
const attempt = (work: string) =>
  answerOf(`let answer: unknown; try { answer = ${work}; } catch (error) { answer = (error as { code: string }).code; }`);

it('sees none of our variables', async () => {
  vi.stubEnv('GITHUB_TOKEN', 'secret');
  expect(await answerOf('const answer = Object.keys(process.env).filter((name) => name !== "NODE_CHANNEL_FD");')).toEqual([]);
});

it.each([
  ['our variables where the system shows them', "'/proc/' + process.ppid + '/environ'"],
  ['git and what it may keep', JSON.stringify(join(root, '.git'))],
  ['what is outside of this clone', '"/etc/hostname"'],
])('cannot read %s', async (_, path) => {
  expect(await attempt(`readFileSync(${path}, 'utf8')`)).toBe('ERR_ACCESS_DENIED');
});

it('cannot start a process that could', async () => {
  expect(await attempt("(await import('node:child_process')).execSync('env', { encoding: 'utf8' })")).toBe('ERR_ACCESS_DENIED');
});

it('reads what lies beside it, and its words on the terminal are not ours', async () => {
  const lines = [
    "import { defineService } from './lib/config/define.ts';",
    "import * as z from 'zod';",
    'console.log("here I am");',
    "const { name } = JSON.parse(readFileSync('package.json', 'utf8'));",
    'const answer = defineService({ name, owner: typeof z.string, environments: {} });',
  ];
  expect(await answerOf(...lines)).toEqual({ name: 'dojang', owner: 'function', environments: {} });
});

it('names the file and the place of an error in one', async () => {
  await expect(readConfigText('\nthrow new Error("too late");\n', 'dojang.config.ts of main')).rejects.toMatchObject({
    code: 'unreadable-config',
    message: 'dojang.config.ts of main:2:7 cannot be read: too late',
  });
  await expect(readConfigText('export default () => 1;')).rejects.toMatchObject({ code: 'unreadable-config' });
  await expect(readConfigText('process.exit(0);')).rejects.toMatchObject({ message: expect.stringContaining('before it had exported') });
});

it('leaves nothing behind, two at once', async () => {
  const two = ['1', '2'].map((value) => readConfigText(`export default ${value};`));
  expect(await Promise.all(two)).toEqual([1, 2]);
  expect(drafts()).toEqual([]);
});
