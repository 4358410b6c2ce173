import { describe, expect, it } from 'vitest';
import { execScript } from '../../../lib/host/exec.ts';
import { bash } from './bash.ts';

const run = (...words: string[]) => bash(execScript({ words, limitSeconds: 60 }));

describe('a command on a host', () => {
  it('of several words is not interpreted by a shell', () => {
    expect(run('printf', '%s|', 'a b', '$HOME', "it's", '; false').stdout).toBe("a b|$HOME|it's|; false|");
  });

  it('of one word is a line of bash', () => expect(run('printf "%s\\n" b a | sort').stdout).toBe('a\nb\n'));

  it('passes on its exit status', () => expect(run('exit 3').code).toBe(3));
});

describe.each([
  ['web', 'www-data', '/opt/dojang/web/current', undefined],
  ['ai', 'dojang-ai', '/opt/dojang/ai/current', '/etc/dojang/ai.env'],
  ['api', 'dojang-api', 'release_of "$slot"', '/etc/dojang/api-$slot.env'],
] as const)('of %s', (component, user, release, settings) => {
  const script = execScript({ words: ['ls', '-l', 'a b'], component, limitSeconds: 60 });

  it('runs as its account in its release with its settings', () => {
    expect(script).toContain(release);
    expect(script).toContain(`--uid=${user} --property=RuntimeMaxSec=60 --property=WorkingDirectory="$release"`);
    expect(script).toMatch(/ -- ls -l 'a b'\n$/);
    expect(/EnvironmentFile="([^"]*)"/.exec(script)?.[1]).toBe(settings);
    expect(bash(`bash -n <<'END'\n${script}\nEND`)).toMatchObject({ code: 0, stderr: '' });
  });

  it('says where there is no release', () => {
    expect(bash(script)).toMatchObject({ code: 1, stderr: `no release of ${component} serves on this host\n` });
  });
});
