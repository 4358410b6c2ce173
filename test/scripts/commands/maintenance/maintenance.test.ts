import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { Notice } from '../../../../lib/notify/notices.ts';
import type { HostShell } from '../../../../lib/ports/host-shell.ts';
import { maintenanceOff, maintenanceOn, maintenanceStatus } from '../../../../scripts/commands/maintenance/maintenance.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const about = 'on\nsince\t2026-11-28T14:32:00Z\nby\tkim on laptop\nreason\tdisk\n';
const state = { on: true, since: '2026-11-28T14:32:00Z', by: 'kim on laptop', reason: 'disk' };

let memory: MemoryClouds;
let answers: string[];
let scripts: string[];
let notices: Notice[];
beforeEach(() => {
  memory = new MemoryClouds(environmentOf(service, 'prod'));
  [answers, scripts, notices] = [[], [], []];
});

const shell: HostShell = {
  run: async (host, script) => {
    scripts.push(`${host}: ${script.trim().split('\n').at(-1)}`);
    const stdout = answers.shift();
    return stdout === undefined ? { code: 1, stdout: '', stderr: 'nginx: [emerg] refused\n' } : { code: 0, stdout, stderr: '' };
  },
  whenReady: async () => undefined,
};
const notifier = { notify: async (notice: Notice) => void notices.push(notice) };
const ports = () => ({ shell, notifier, who: { owner: 'kim', host: 'laptop' } });

describe('maintenance on', () => {
  it('turns the page on with the reason and who wants it, and announces it', async () => {
    answers = [about];
    const { data, lines } = checked(await maintenanceOn(memory.context(), ports(), "a larger disk; it's full"));
    expect(scripts).toEqual([`aws: /usr/local/lib/dojang/maintenance on 'a larger disk; it'\\''s full' 'kim on laptop'`]);
    expect(data).toEqual({ environment: 'prod', ...state });
    expect(lines).toEqual(['visitors of prod get the maintenance page; dojang maintenance off --env prod ends it']);
    expect(notices).toEqual([{ text: "prod: visitors see the maintenance page\na larger disk; it's full\nby kim on laptop" }]);
  });

  it('gives the program its word where there is no reason', async () => {
    answers = [about];
    await maintenanceOn(memory.context(), ports(), '');
    expect(scripts).toEqual([`aws: /usr/local/lib/dojang/maintenance on '' 'kim on laptop'`]);
  });

  it('that failed says why, and announces nothing', async () => {
    await expect(maintenanceOn(memory.context(), ports(), 'x')).rejects.toMatchObject({
      code: 'maintenance-failed',
      message: 'maintenance on failed on the aws host of prod',
      why: 'nginx: [emerg] refused',
      next: 'dojang provision --env prod, then run it again',
    });
    expect(notices).toEqual([]);
  });
});

describe('maintenance off', () => {
  it('ends it, says how it was, and announces it', async () => {
    answers = [about, 'off\n'];
    const { data, lines } = checked(await maintenanceOff(memory.context(), ports()));
    expect(data).toEqual({ environment: 'prod', on: false, was: state });
    expect(lines).toEqual(['visitors reach prod again; the page was on since 2026-11-28T14:32:00Z, by kim on laptop: disk']);
    expect(notices).toEqual([{ text: 'prod: visitors reach the service again\nby kim on laptop' }]);
  });

  it('where it was off announces nothing', async () => {
    answers = ['off\n', 'off\n'];
    const { lines } = checked(await maintenanceOff(memory.context(), ports()));
    expect(lines).toEqual(['the maintenance page of prod was off']);
    expect(notices).toEqual([]);
  });
});

it('maintenance status says whether it is on', async () => {
  answers = [about, 'off\n'];
  expect(checked(await maintenanceStatus(memory.context(), shell)).lines).toEqual([
    'maintenance of prod is on since 2026-11-28T14:32:00Z, by kim on laptop: disk',
  ]);
  expect(checked(await maintenanceStatus(memory.context(), shell)).data).toEqual({ environment: 'prod', on: false });
});
