/** `kill -9` of `up` in each of its phases: the next `up` ends where an undisturbed one does, and nothing is there twice. */
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

describe('up killed while', () => {
  /** What is printed when a phase has begun, and how long to let it work. */
  const phases: [string, RegExp, number][] = [
    ['the local AWS starts', /· local aws/, 300],
    ['the account is made ready', /· aws account/, 200],
    ['the guard looks', /· guard/, 100],
    ['addresses are made', /· aws addresses/, 300],
    ['GCP begins', /· gcp ai/, 200],
    ['the static address is made', /· gcp ai +creating ai-address/, 0],
    ['the machine is made', /· gcp ai +creating ai-machine/, 50],
    ['the AWS host is made', /· aws host/, 500],
    ['wiring is done', /· wire/, 100],
  ];

  it.each(phases)('%s', async (_, began, milliseconds) => {
    await clone.reset();
    await killed(began, milliseconds);
    const { code, text } = await clone.up();
    expect(code, text).toBe(0);
    expect(await contents()).toEqual(undisturbed);
  });

  it('everything is up, again and again', async () => {
    // On an environment that is up, the phases without work are over at once; these two always last.
    for (const began of [/· guard/, /· wire/]) await killed(began, 20);
    const { code, text } = await clone.up();
    expect(code, text).toBe(0);
    expect(await contents()).toEqual(undisturbed);
  });
});

/** Starts `up` and kills it, and it alone, so long after it printed that a phase began. A phase that never begins is a fault. */
async function killed(began: RegExp, milliseconds: number): Promise<void> {
  const child = clone.start('node', [join(clone.folder, 'bin/dojang.ts'), 'up', '--clouds-only']);
  let text = '';
  child.stdout?.on('data', (data) => {
    const before = began.test(text);
    text += data;
    if (!before && began.test(text)) setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  await new Promise((resolve) => child.once('exit', resolve));
  expect(text).toMatch(began);
  expect(child.signalCode, text).toBe('SIGKILL');
}
