/** Where a change is seen from, by every verb that compares with a revision. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { revisionsOf } from '../../../../scripts/runtime/plan/revisions.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-revisions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]) => {
  const author = ['-c', 'user.name=Kim', '-c', 'user.email=kim@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...author, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  });
};

function plan(text: string): void {
  writeFileSync(join(folder, 'plans/prod.json'), text);
}

function commit(text: string): void {
  plan(text);
  writeFileSync(join(folder, 'prices/aws/here.json'), `"${text}, 원"\n`);
  git('add', '--all');
  git('commit', '--quiet', '--message', text);
}

beforeAll(() => {
  mkdirSync(join(folder, 'plans'));
  mkdirSync(join(folder, 'prices/aws'), { recursive: true });
  writeFileSync(join(folder, 'prices/exchange.json'), '1400');
  git('init', '--quiet');
  commit('as it was');
  git('switch', '--quiet', '--create', 'change');
  commit('changed');
  git('switch', '--quiet', 'main');
  commit('the base goes on');
  git('switch', '--quiet', 'change');
  plan('not committed yet');
});

it.each([
  ['the working tree', undefined, 'not committed yet'],
  ['a commit', 'change', 'changed'],
])('%s is seen from where it began, whatever has happened to the base since', (_, head, text) => {
  const [from, to] = revisionsOf('main', head, folder);
  expect([from.text('prod'), to.text('prod')]).toEqual(['as it was', text]);
  expect(from.name).toMatch(/^main \([0-9a-f]{7}\)$/);
});

it('has the prices of each side, as they are committed or lie there', () => {
  const [from, to] = revisionsOf('main', 'change', folder);
  const [, here] = revisionsOf('main', undefined, folder);
  const exchange = { name: 'exchange.json', text: '1400' };
  expect(from.prices()).toEqual([{ name: 'aws/here.json', text: '"as it was, 원"\n' }, exchange]);
  expect(to.prices()).toEqual([{ name: 'aws/here.json', text: '"changed, 원"\n' }, exchange]);
  expect(here.prices()).toEqual(to.prices());
});

it('knows no revision that is not there', () => {
  expect(() => revisionsOf('nowhere', undefined, folder)).toThrowError(expect.objectContaining({ code: 'unknown-revision' }));
});
