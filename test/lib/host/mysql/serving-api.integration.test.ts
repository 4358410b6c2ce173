/** How a restore stops, migrates and starts the release that serves, by a real bash. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servingApiProgram } from '../../../../lib/host/mysql/tools/serving-api.ts';
import { canaryScript } from '../../../../lib/release/host/index.ts';
import { ApiHost } from '../../release/host/api-host.ts';
import { local } from '../recipes.ts';

let host: ApiHost;
beforeEach(() => {
  host = new ApiHost({ systemd: 'records' });
});
afterEach(() => host.stop());

const program = servingApiProgram(local);
const call = (word: string) => host.run(program, `set -- ${word}; `);
const active = () => ['a', 'b'].filter((slot) => host.isActive(`dojang-api@${slot}.service`));

it('passes shellcheck', () => {
  const { stdout, error } = spawnSync('shellcheck', ['--format=gcc', '-'], { input: program, encoding: 'utf8' });
  expect(error, 'shellcheck is needed: apt install shellcheck').toBeUndefined();
  expect(stdout).toBe('');
});

it('stops both slots, and starts the one that serves, whatever it was', async () => {
  for (const name of ['first', 'second']) host.deploy(await host.artifact(name));
  host.write('systemd/dojang-api@a.service.active', '');
  expect(active()).toEqual(['a', 'b']);
  expect(call('stop')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(active()).toEqual([]);
  expect(call('start')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(active()).toEqual(['b']);
  expect(host.read('systemd/said')).toContain('reset-failed dojang-api@b.service');
});

describe('a release that was killed', () => {
  const upstream = () => host.read('etc/nginx/dojang/api-upstream.conf');

  beforeEach(async () => {
    host.deploy(await host.artifact('first'));
  });

  /** Both slots run, and nginx sends to the one that does not serve too, or to it alone. */
  async function killed(what: 'canary' | 'switch'): Promise<void> {
    const digest = await host.artifact('second');
    for (const { script } of host.scriptsTo(digest, 'health')) expect(host.run(script)).toMatchObject({ code: 0 });
    if (what === 'canary') expect(host.run(canaryScript({ digest, percent: 5 }).script)).toMatchObject({ code: 0 });
    const beforeServing = `trap '[[ $BASH_COMMAND != write_slot*api/serving* ]] || kill -9 $$' DEBUG; set -o functrace; `;
    if (what === 'switch') expect(host.run(host.script(digest, 'switch').script, beforeServing).code).toBe(-1);
    expect([existsSync(host.at('opt/api/.canary')), existsSync(host.at('opt/api/.switching'))]).toEqual([
      what === 'canary',
      what === 'switch',
    ]);
    expect(active()).toEqual(['a', 'b']);
  }

  it.each([
    { what: 'canary', nginx: '8081\n8080' },
    { what: 'switch', nginx: '8081' },
  ] as const)('in its $what: nginx sends to the slot that is started, and to no other', async ({ what, nginx }) => {
    await killed(what);
    expect([host.serving, host.nginxPort]).toEqual(['first', nginx]);
    expect(call('stop')).toMatchObject({ code: 0 });
    expect(active()).toEqual([]);
    expect(call('start')).toMatchObject({ code: 0 });
    expect([active(), host.serving, host.nginxPort]).toEqual([['a'], 'first', '8080']);
    expect(upstream()).not.toContain('weight=');
    for (const mark of ['.canary', '.switching']) expect(existsSync(host.at('opt/api', mark))).toBe(false);
  });
});

it('says that it is not healthy, and does not wait for the limit where it failed', async () => {
  host.deploy(await host.artifact('first'));
  call('stop');
  host.command('bin/curl', '#!/bin/bash\nexit 22\n');
  host.write('systemd/dojang-api@a.service.restarts', '1\n');
  host.command('bin/systemctl.real', host.read('bin/systemctl'));
  // Restarted by systemd again, after it was reset.
  host.command('bin/systemctl', `#!/bin/bash\n[ "$1" != reset-failed ] || exit 0\nexec ${host.at('bin/systemctl.real')} "$@"\n`);
  expect(call('start')).toEqual({ code: 1, stdout: '', stderr: 'dojang-api@a.service ended by itself\n' });
});

it('migrates with the release that serves, as the account that may, whose password stays nowhere', async () => {
  host.deploy(await host.artifact('first'));
  const release = host.at('opt/api/slots/a');
  expect(existsSync(release)).toBe(true);
  host.write('migrated', '');
  host.write('settings', '');
  host.command(
    'bin/systemd-run',
    `#!/bin/bash\nprintf '%s\\n' "$@" >>${host.at('migrated')}\ncat ${host.at('run')}/dojang-restore-migrate.* >>${host.at('settings')}\n`,
  );
  expect(call('migrate')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(host.read('migrated')).toMatch(/\/opt\/api\/releases\/[0-9a-f]{64}\/migrate\.js$/);
  expect(host.read('settings')).toContain('MYSQL_USER=migrate\nMYSQL_PASSWORD=a-password');
  expect(host.read('settings')).not.toContain('of-the-api');
  expect(spawnSync('ls', [host.at('run')], { encoding: 'utf8' }).stdout).toBe('');
  host.command('bin/systemd-run', '#!/bin/bash\necho "migration 0102 failed in statement 2 of 3"\nexit 1\n');
  expect(call('migrate')).toMatchObject({ code: 1, stdout: 'migration 0102 failed in statement 2 of 3\n' });
  expect(spawnSync('ls', [host.at('run')], { encoding: 'utf8' }).stdout).toBe('');
});

it('does nothing before the first release', () => {
  for (const word of ['stop', 'migrate', 'start']) expect(call(word)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(active()).toEqual([]);
});
