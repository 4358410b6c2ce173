import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { shell } from '../../../../scripts/commands/shell/shell.ts';
import { checked } from '../../checked.ts';

const environment = environmentOf(service, 'prod');
const needs = { aws: 'the AWS CLI: https://one.example', 'session-manager-plugin': 'its plugin: https://two.example' };

function run(host: string, { missing = [] as string[], status = 0 } = {}) {
  const given: string[] = [];
  const ports = {
    session: async (name: string) => ({ argv: ['aws', 'ssm', 'start-session', '--target', `i-${name}`] as const, env: { A: 'b' }, needs }),
    missing: (names: readonly string[]) => names.filter((name) => missing.includes(name)),
    give: async (argv: readonly string[]) => {
      given.push(argv.join(' '));
      return status;
    },
  };
  return { given, outcome: shell({ environment }, async () => ports, host) };
}

describe('shell', () => {
  it('gives the terminal to Session Manager', async () => {
    const { given, outcome } = run('gcp');
    expect(checked(await outcome)).toMatchObject({ data: { environment: 'prod', host: 'gcp', status: 0 }, lines: [] });
    expect(given).toEqual(['aws ssm start-session --target i-gcp']);
  });

  it('says what to install', async () => {
    const one = run('aws', { missing: ['session-manager-plugin'] });
    await expect(one.outcome).rejects.toMatchObject({
      code: 'no-session-manager',
      message: 'session-manager-plugin is not installed on this machine',
      next: 'install its plugin: https://two.example; dojang exec aws -- <command> needs neither',
    });
    expect(one.given).toEqual([]);
    await expect(run('aws', { missing: ['aws', 'session-manager-plugin'] }).outcome).rejects.toMatchObject({
      message: 'aws and session-manager-plugin are not installed on this machine',
    });
  });

  it('passes on the exit status', async () => {
    expect(checked(await run('aws', { status: 255 }).outcome).failure).toMatchObject({ code: 'exec-failed', status: 255 });
  });

  it('refuses a host that there is not', async () => {
    await expect(run('azure').outcome).rejects.toMatchObject({ code: 'unknown-host' });
  });
});
