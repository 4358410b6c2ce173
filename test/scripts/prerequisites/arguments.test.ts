import { expect, it } from 'vitest';
import { parseArguments } from '../../../scripts/prerequisites/arguments.ts';

const start = ['start', 'node', 'bin/dojang.ts', 'up'];

it.each([
  [start, {}, { purpose: 'start', install: 'ask', command: ['node', 'bin/dojang.ts', 'up'] }],
  [[...start, '--yes'], {}, { purpose: 'start', install: 'yes', command: ['node', 'bin/dojang.ts', 'up'] }],
  [start, { CI: 'true' }, { purpose: 'start', install: 'yes' }],
  [start, { CI: 'false' }, { purpose: 'start', install: 'ask' }],
  [[...start, '--no-install'], { CI: 'true' }, { install: 'no', command: ['node', 'bin/dojang.ts', 'up'] }],
  [start, { npm_config_install: '', CI: 'true' }, { install: 'no' }],
  [start, { npm_config_yes: 'true' }, { install: 'yes' }],
  [[...start, '--clouds-only'], {}, { purpose: 'clouds', command: ['node', 'bin/dojang.ts', 'up', '--clouds-only'] }],
  [[...start, '--env', 'local'], {}, { purpose: 'start' }],
  [
    ['test', 'npm', 'run', 'test:all', '--', '-t', 'name'],
    {},
    { purpose: 'test', command: ['npm', 'run', 'test:all', '--', '-t', 'name'] },
  ],
])('%j with %j', (words, env, expected) => expect(parseArguments(words, env)).toMatchObject(expected));

it.each([['--help'], ['--dry-run'], ['--env', 'prod'], ['--env=prod'], ['-e', 'prod']])('nothing is installed for up %s %s', (...words) => {
  expect(parseArguments([...start, ...words], { CI: 'true' }).purpose).toBeUndefined();
});

it('another purpose is refused', () => expect(() => parseArguments(['deploy'], {})).toThrow(/deploy is neither start nor test/));

it('an environment whose name begins with local is a real one', () => {
  expect(parseArguments([...start, '--env', 'local-x'], {}).purpose).toBeUndefined();
  expect(parseArguments([...start, '-elocal'], {}).purpose).toBe('start');
});
