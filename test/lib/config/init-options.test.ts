import { describe, expect, it } from 'vitest';
import type { TemplateInput } from '../../../lib/config/template.ts';
import { init } from '../../../scripts/commands/init/init.ts';

const right: TemplateInput = {
  name: 'shop',
  owner: 'team',
  contact: 'ops@example.com',
  domain: 'shop.example.com',
  account: '123456789012',
  project: 'shop-prod',
  billingAccount: '012345-6789AB-CDEF01',
};

/** What init with these options ends with; nothing is written, as the options are wrong. */
const failure = (wrong: Partial<TemplateInput>) =>
  init({ ...right, ...wrong, force: true, dryRun: false }).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('dojang init with wrong options', () => {
  it('names the option once, whatever settings are derived from it', async () => {
    expect(await failure({ name: 'My Shop' })).toMatchObject({
      code: 'wrong-options',
      message: expect.stringMatching(
        /^an option is wrong, and nothing was written\n {2}--name {3}"My Shop" must start with a letter[^\n]+$/,
      ),
      next: 'correct what is listed above, then run dojang init again',
    });
  });

  it.each([
    ['owner', '--owner', 'The Team'],
    ['contact', '--contact', 'no-address'],
    ['domain', '--domain', 'nowhere'],
    ['account', '--account', '12'],
    ['project', '--project', 'My Project'],
    ['billingAccount', '--billing-account', 'mine'],
  ] as const)('names the option of a wrong %s', async (key, option, value) => {
    const error = await failure({ [key]: value });
    expect((error as Error).message.split('\n').slice(1)).toEqual([expect.stringContaining(`  ${option}   "${value}"`)]);
  });

  it('names all of them', async () => {
    expect(await failure({ name: 'My Shop', account: '12' })).toMatchObject({
      message: expect.stringMatching(/^2 options are wrong, .*\n {2}--name {6}.*\n {2}--account {3}/),
    });
  });
});
