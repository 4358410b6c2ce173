/**
 * The way in through Identity-Aware Proxy, with a `gcloud` of our own on the path that runs what it
 * is given here.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { iapShell } from '../../../../scripts/io/gcp/iap-shell.ts';
import { remove } from '../../../../scripts/io/state.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-iap-test-'));
const { PATH: path = '' } = process.env;
const channelIn = (PATH: string) => iapShell({ project: 'toy', zone: 'asia-northeast3-b', machine: 'toy-ai' }, { PATH });
const bin = join(folder, 'bin');
const channel = channelIn([bin, path].join(delimiter));
const options = { comment: 'a trial', limitSeconds: 20 };

/** A stand-in that notes its arguments, then does this. */
function gcloud(does: string): void {
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'gcloud'), `#!/bin/bash\nprintf '%s\\n' "$@" >${folder}/arguments\n${does}\n`);
  chmodSync(join(bin, 'gcloud'), 0o755);
}

afterAll(() => remove(folder));

describe('a script through Identity-Aware Proxy', () => {
  it('goes through standard input, so that no secret is an argument', async () => {
    gcloud('bash -s');
    expect(await channel('echo "secret word"; echo oops >&2; exit 3', options)).toEqual({
      code: 3,
      stdout: 'secret word\n',
      stderr: 'oops\n',
    });
    const argv = readFileSync(join(folder, 'arguments'), 'utf8').trim().split('\n');
    expect(argv).toEqual([
      ...['compute', 'ssh', 'toy-ai', '--project', 'toy', '--zone', 'asia-northeast3-b'],
      ...['--tunnel-through-iap', '--quiet', '--command', 'sudo bash -s'],
    ]);
  });

  it('that itself ends with 1 is no failure of the way in', async () => {
    gcloud('bash -s');
    expect(await channel('echo no >&2; exit 1', options)).toMatchObject({ code: 1, stderr: 'no\n' });
  });

  it.each([
    [
      'ERROR: (gcloud.compute.ssh) There was a problem refreshing your current auth tokens: invalid_grant\nPlease run:\n  $ gcloud auth login',
      1,
      'no-credentials',
    ],
    ['ERROR: (gcloud.compute.ssh) Could not fetch resource: toy-ai was not found', 1, 'host-unreachable'],
    ['Connection closed\nERROR: (gcloud.compute.ssh) [/usr/bin/ssh] exited with return code [255].', 255, 'host-unreachable'],
  ])('reports what is wrong: %s', async (said, code, expected) => {
    gcloud(`cat >${folder}/said <<'EOF'\n${said}\nEOF\ncat ${folder}/said >&2\nexit ${code}`);
    await expect(channel('true', options)).rejects.toMatchObject({
      code: expected,
      next: expect.stringMatching(/gcloud auth login|iap\.tunnel/),
    });
  });

  it('is ended at its limit', async () => {
    gcloud('bash -s');
    await expect(channel('sleep 60', { ...options, limitSeconds: 1 })).rejects.toMatchObject({ code: 'host-timeout' });
  });

  it('says when there is no gcloud', async () => {
    await expect(channelIn(folder)('true', options)).rejects.toMatchObject({
      code: 'no-gcloud',
      next: expect.stringContaining('cloud.google.com'),
    });
  });
});
