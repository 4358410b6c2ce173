/** How a restore stops, migrates and starts the release that serves, by a real bash. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { servingApiProgram } from '../../../../lib/host/mysql/tools/serving-api.ts';
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
