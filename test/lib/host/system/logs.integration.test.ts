/** When logs are rotated, by the real logrotate and with the file that nginx's package brings. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { unpackedPackage } from '../../../image-packages.ts';
import { bash } from '../bash.ts';
import { local, localFacts, stepOf } from '../recipes.ts';

const { definitions } = stepOf(hostRecipe(local, 'aws', localFacts), 'log-rotation');
const MiB = 1024 * 1024;
let logrotate: string;
let folder: string;

beforeAll(async () => {
  const { program, loader } = await unpackedPackage('logrotate', 'logrotate');
  logrotate = [...loader, join(program, 'usr/sbin/logrotate')].map(quoted).join(' ');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-logrotate-'));
  mkdirSync(join(folder, 'logrotate.d'));
  mkdirSync(join(folder, 'log'), { mode: 0o755 });
  const ours = bash(`${definitions}\ntext_of__etc_logrotate_d_dojang`).stdout;
  write('logrotate.d/dojang', ours.replaceAll('/var/log', join(folder, 'log')));
  write('logrotate.d/nginx', packageFile.replaceAll('LOGS', join(folder, 'log')));
  write('logrotate.conf', `weekly\nrotate 4\ncreate\ninclude ${join(folder, 'logrotate.d')}\n`);
  // Rotated a few minutes ago, as after the daily run.
  const today = bash('date +%Y-%-m-%-d-%-H:%-M:%-S').stdout.trim();
  write('state', `logrotate state -- version 2\n"${join(folder, 'log/access.log')}" ${today}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(folder, name), content, { mode: 0o640 });
}

function rotate(): readonly string[] {
  const { code, stderr } = bash(`${logrotate} --state ${quoted(join(folder, 'state'))} ${quoted(join(folder, 'logrotate.conf'))}`);
  expect([code, stderr]).toEqual([0, '']);
  return readdirSync(join(folder, 'log')).sort();
}

it('a log of 51 MiB is rotated on the same day, and one of 49 MiB is not', () => {
  write('log/access.log', Buffer.alloc(49 * MiB, 'x'));
  expect(rotate()).toEqual(['access.log']);
  write('log/access.log', Buffer.alloc(51 * MiB, 'x'));
  expect(rotate()).toEqual(['access.log', 'access.log.1', 'opened-anew']);
  expect(readFileSync(join(folder, 'log/access.log'), 'utf8')).toBe('');
});

it('the one before stays as text, where a watch finds it, and older ones are compressed', () => {
  for (const _ of [1, 2]) {
    write('log/access.log', Buffer.alloc(51 * MiB, 'x'));
    rotate();
  }
  expect(existsSync(join(folder, 'log/access.log.1'))).toBe(true);
  expect(readdirSync(join(folder, 'log'))).toContain('access.log.2.gz');
});

it('the timer asks each hour, not within it', () => {
  const timer = bash(`${definitions}\ntext_of__etc_systemd_system_logrotate_timer_d_dojang_conf`).stdout;
  expect(timer.split('\n').slice(0, 3)).toEqual(['[Timer]', 'OnCalendar=', 'OnCalendar=hourly']);
});

/** As in nginx-common of Debian; nginx is signalled by its rc script, which is not here. */
const packageFile = `
LOGS/*.log {
	daily
	missingok
	rotate 14
	compress
	delaycompress
	notifempty
	create 0640
	sharedscripts
	postrotate
		touch LOGS/opened-anew
	endscript
}
`;
