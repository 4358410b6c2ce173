/** The commands that the README lists for a new service. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Clone } from './clone.ts';

const clone = new Clone();
afterAll(() => clone.remove());

it('before the first up provision and deploy start nothing, and name a wrong name first', async () => {
  for (const [args, message, next] of [
    [['provision'], 'the local AWS is not running', 'dojang up'],
    [['deploy'], 'the local AWS is not running', 'dojang up'],
    [['provision', '--only', 'swapp'], 'no host and no step swapp', '--only takes: aws, gcp, swap'],
    [['deploy', 'apii'], 'no application apii', 'dojang deploy takes: web, api, ai'],
  ] as const) {
    const { code, text } = await clone.dojang(...args);
    expect(code, text).toBe(1);
    expect(text).toContain(`dojang: ${message}`);
    expect(text).toContain(`Next: ${next}`);
  }
  expect(existsSync(join(clone.folder, '.dojang/local'))).toBe(false);
});

it('an environment that there is not is answered with the way that cdk names one', async () => {
  const { code, text } = await clone.run('npx', ['cdk', 'synth', '-q', '--context', 'env=nothere']);
  expect(code, text).toBe(1);
  expect(text).toContain('Next: name one of these with --context env=, or add environments.nothere');
});

it('another service: init, check, synth, plan', async () => {
  const refused = await clone.dojang('init', '--name', 'shop');
  expect(refused.code).toBe(1);
  expect(refused.text).toContain('dojang init --force');
  const wrote = await clone.dojang('init', '--force', '--name', 'shop', '--domain', 'shop.example.com', '--project', 'shop-prod');
  expect(wrote.code, wrote.text).toBe(0);
  expect((await clone.dojang('config', 'check')).text).toContain('dojang.config.ts is right: local, prod');
  const synth = await clone.run('npx', ['cdk', 'synth', '-q']);
  expect(synth.code, synth.text).toBe(0);
  for (const name of ['prod', 'local']) {
    const plan = await clone.dojang('plan', '--env', name, '--write');
    expect(plan.code, plan.text).toBe(0);
    expect(plan.text).toContain(`shop-${name}-addresses`);
    expect((await clone.dojang('plan', '--env', name)).text).toContain('no change');
  }
});

it('an account whose image is not looked up yet: the CDK is let through to its lookup, all other commands say what to do', async () => {
  clone.edit('dojang.config.ts', "account: '123456789012', // a wrong", "account: '210987654321', // a wrong");
  const plan = await clone.dojang('plan', '--env', 'prod');
  expect(plan.code).toBe(1);
  expect(plan.text).toMatch(/cdk\.context\.json has no value for ssm:account=210987654321/);
  const synth = await clone.run('npx', ['cdk', 'synth', '-q'], {
    AWS_ACCESS_KEY_ID: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  expect(synth.code).toBe(1);
  expect(synth.text).not.toContain('refused to go on');
  expect(synth.text).toMatch(/no credentials/i);
});
