import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../../lib/values/secret.ts';

const secret = Secret.of('hunter2');

it.each([
  ['as text', () => `${secret}`],
  ['joined', () => ['a', secret].join()],
  ['as JSON', () => JSON.stringify({ secret, list: [secret] })],
  ['inspected', () => inspect({ secret }, { depth: 9, showHidden: true })],
  ['logged', () => format('%s %o %j', secret, secret, secret)],
  ['by its properties', () => JSON.stringify([Object.entries(secret), { ...secret }])],
  ['in an error', () => String(new Error(`wrong: ${secret}`).stack)],
])('is not seen %s', (_, shown) => {
  expect(shown()).not.toContain('hunter2');
});

it('is revealed when asked for', () => {
  expect(secret.reveal()).toBe('hunter2');
  expect([secret.isEmpty, Secret.of('').isEmpty]).toEqual([false, true]);
});
