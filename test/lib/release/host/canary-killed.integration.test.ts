/**
 * The steps of a canary killed at each of their lines: nginx sends to slots that run alone, the
 * step carries on, and a run that begins anew takes the share back.
 */
import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canaryScript } from '../../../../lib/release/host/index.ts';
import { canaryShares } from '../../../../lib/release/plan/step.ts';
import { ApiHost } from './api-host.ts';
import { Killing } from './killed.ts';

let host: ApiHost;
let killing: Killing;
let second: string;

beforeAll(async () => {
  host = new ApiHost({ systemd: 'records' });
  killing = new Killing(host);
  host.deploy(await host.artifact('first'));
  second = await host.artifact('second');
  for (const { script } of host.scriptsTo(second, 'health')) expect(host.run(script)).toMatchObject({ code: 0 });
});
afterAll(() => {
  killing.forget();
  host.stop();
});

const units = () => [host.isActive('dojang-api@a.service'), host.isActive('dojang-api@b.service')];
const [first, next] = canaryShares;
const steps = [
  { name: 'the first share', percent: first },
  { name: 'a larger share', percent: next },
  { name: 'the switch', percent: undefined },
];

describe.each(steps)('$name, killed at any line', ({ percent }) => {
  const scriptOf = () => (percent ? canaryScript({ digest: second, percent }) : host.script(second, 'switch')).script;

  it('carries on, and a run that begins anew ends the share', () => {
    const script = scriptOf();
    killing.atEachLine(script, (line, again) => {
      const file = host.read('etc/nginx/dojang/api-upstream.conf');
      expect(host.run(host.script(second, 'before').script), line).toMatchObject({ code: 0 });
      const served = host.serving === 'first' ? ['first', '8080'] : ['second', '8081'];
      expect([line, host.serving, host.nginxPort, units().includes(true)]).toEqual([line, ...served, true]);
      if (file.includes('weight=')) expect([line, ...units()]).toEqual([line, true, false]);
      again();
      expect(host.run(script), line).toMatchObject({ code: 0 });
      expect([line, host.answers, host.nginxPort]).toEqual([line, true, percent ? '8081\n8080' : '8081']);
    });
  });
});

it('a share that is withdrawn, killed at any line: from before nginx has ended it the slot takes no contract', () => {
  const share = canaryScript({ digest: second, percent: first }).script;
  host.write('opt/api/serving', 'a\n');
  expect(host.run(host.script(second, 'start').script)).toMatchObject({ code: 0 });
  expect(host.run(share)).toMatchObject({ code: 0 });
  expect(host.read('opt/api/.canary')).toBe('b');
  killing.atEachLine(host.script(second, 'before').script, (line) => {
    const hasShare = host.read('etc/nginx/dojang/api-upstream.conf').includes('weight=');
    const takesContracts = existsSync(host.at('opt/api/.canary')) && host.read('opt/api/.canary') === 'b';
    expect([line, takesContracts && !hasShare]).toEqual([line, false]);
    expect(host.run(host.script(second, 'before').script), line).toMatchObject({ code: 0 });
    expect([line, existsSync(host.at('opt/api/.canary')), ...units()]).toEqual([line, false, true, false]);
  });
});

it('a share that a reboot ended is no obstacle', () => {
  host.write('opt/api/serving', 'a\n');
  host.write('opt/api/.canary', 'b\n');
  host.write('systemd/dojang-api@a.service.active', '');
  rmSync(host.at('systemd/dojang-api@b.service.active'), { force: true });
  expect(host.run(host.script(second, 'before').script)).toMatchObject({ code: 0 });
  expect([host.nginxPort, ...units()]).toEqual(['8080', true, false]);
});
