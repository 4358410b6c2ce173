import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { HostShell, ShellResult } from '../../../../lib/ports/host-shell.ts';
import { exec } from '../../../../scripts/commands/exec/exec.ts';
import { checked } from '../../checked.ts';

const environment = environmentOf(service, 'prod');

function run(answer: ShellResult, options: { host?: string; component?: 'api' | 'ai' } = {}) {
  const scripts: string[] = [];
  const shell: HostShell = {
    run: async (host, script, { comment, limitSeconds }) => {
      scripts.push(`${host} ${limitSeconds} ${comment}: ${script}`);
      return answer;
    },
    whenReady: async () => undefined,
  };
  const given = { host: 'aws', words: ['ls', '-l'], limitSeconds: 60, ...options };
  return { scripts, outcome: exec({ environment }, async () => shell, given) };
}

describe('exec', () => {
  it('answers what the command printed', async () => {
    const { scripts, outcome } = run({ code: 0, stdout: 'one\ntwo\n', stderr: 'hm\n' });
    const { data, lines, failure } = checked(await outcome);
    expect(data).toEqual({ environment: 'prod', host: 'aws', status: 0, stdout: 'one\ntwo\n', stderr: 'hm\n' });
    expect(lines).toEqual(['one\ntwo']);
    expect(failure).toBeUndefined();
    // The record of Systems Manager has the script anyway; the comment has nothing of it.
    expect(scripts).toEqual(['aws 60 dojang exec: exec ls -l\n']);
  });

  it('passes its exit status on', async () => {
    const { data, failure } = checked(await run({ code: 3, stdout: '', stderr: '' }).outcome);
    expect(data.status).toBe(3);
    expect(failure).toMatchObject({ code: 'exec-failed', status: 3, message: 'the command ended with status 3 on the aws host' });
  });

  it('refuses a host that there is not, without repeating it', async () => {
    const error = await run({ code: 0, stdout: '', stderr: '' }, { host: 'hunter2' }).outcome.catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'unknown-host', next: 'the hosts are: aws, gcp' });
    expect(String(error)).not.toContain('hunter2');
  });

  it('refuses a component of the other host', async () => {
    const { scripts, outcome } = run({ code: 0, stdout: '', stderr: '' }, { component: 'ai' });
    await expect(outcome).rejects.toMatchObject({ code: 'wrong-option', next: 'dojang exec gcp --component ai -- <command>' });
    expect(scripts).toEqual([]);
  });
});
