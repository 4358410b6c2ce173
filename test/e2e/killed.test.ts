/**
 * `kill -9` of `up` in each of its phases, one after another: the next `up` comes as far as the
 * next phase, and the last one ends where an undisturbed one does, with nothing there twice.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clone } from './clone.ts';
import { type CloudContents, contentsOf } from './clouds.ts';

const clone = new Clone();
const gcpState = join(clone.folder, '.dojang/local/gcp/cloud.json');
const contents = async () => contentsOf(await clone.cloudEnv(), gcpState);
let undisturbed: CloudContents;

beforeAll(async () => {
  const { code, text } = await clone.up();
  expect(code, text).toBe(0);
  undisturbed = await contents();
  expect(undisturbed).toMatchObject({ addresses: ['203.0.113.10'], instances: 1, vpcs: 1, subnets: 1 });
});

afterAll(() => clone.remove());

/** In the order in which they come; each is known by what is printed when it has begun. */
const phases: Readonly<Record<string, readonly [string, RegExp][]>> = {
  'before the machines': [
    ['the local AWS starts', /· local aws/],
    ['the account is made ready', /· aws account +CDKToolkit: create in progress/],
    ['the guard looks', /· guard/],
    ['addresses are made', /· aws addresses +dojang-local-addresses: create in progress/],
    ['the AWS network is made', /· aws host +dojang-local-network: create in progress/],
  ],
  'on GCP': [
    ['the first resources are made', /· gcp ai +creating/],
    ['the machine is made', /· gcp ai +creating ai-machine/],
    ['the wiring is read', /· wire/],
  ],
  'beside GCP': [
    ['the static address is made', /· gcp ai +creating ai-address/],
    ['certificates are made', /· wire +making the authority/],
  ],
};

describe.each(Object.entries(phases))('up killed %s, again and again', (_, kills) => {
  beforeAll(() => clone.reset());

  it.each(kills)('while %s', (_, began) => killed(began));

  it('ends as an undisturbed one does', endsUndisturbed);
});

it('up killed when everything is up changes nothing', async () => {
  // The phases without work are over at once; these two always last.
  for (const began of [/· guard/, /· wire/]) await killed(began);
  await endsUndisturbed();
});

async function endsUndisturbed(): Promise<void> {
  const { code, text } = await clone.up();
  expect(code, text).toBe(0);
  expect(await contents()).toEqual(undisturbed);
}

/**
 * Starts `up` and kills it, and it alone, as soon as it prints that a phase has begun. A phase that
 * never begins is a fault.
 */
async function killed(began: RegExp): Promise<void> {
  const child = clone.start('node', [join(clone.folder, 'bin/dojang.ts'), 'up', '--clouds-only']);
  let text = '';
  child.stdout?.on('data', (data) => {
    text += data;
    if (began.test(text)) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('exit', resolve));
  expect(text).toMatch(began);
  expect(child.signalCode, text).toBe('SIGKILL');
}
