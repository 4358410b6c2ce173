/**
 * Row 18: a setting of the API that `provision` changes. The release starts beside itself with it,
 * and serves on with the old one when it is not healthy. Only systemd is a stand-in.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { stepResults } from '../../../../lib/host/bash/results.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { ApiHost } from '../../release/host/api-host.ts';
import { bash } from '../bash.ts';
import { prod, prodFacts } from '../recipes.ts';

let host: ApiHost;
beforeEach(() => {
  host = new ApiHost({ systemd: 'records' });
  // The runner of a recipe limits its steps by it.
  rmSync(host.at('bin/sleep'));
  // Healthy unless the settings of slot b name a wrong address.
  host.command('bin/curl', `#!/bin/bash\ncase $* in *:8081/*) ! grep -qs wrong.example.com ${host.at('etc/dojang/api-b.env')} ;; esac\n`);
});
afterEach(() => host.stop());

const self = bash('stat -c %U:%G /proc/self').stdout.trim();

function provision(publicUrl: string) {
  const recipe = hostRecipe({ ...prod, api: { healthSeconds: 5 } }, 'aws', { ...prodFacts, publicUrl });
  const chosen = {
    ...recipe,
    steps: recipe.steps.filter(({ id }) => ['api-settings', 'api-unit'].includes(id)),
    handlers: recipe.handlers.filter(({ id }) => id === 'api-restart'),
  };
  const at = { work: host.at('work'), state: host.at('state'), log: host.at('log'), secretTool: host.at('tools/secret') };
  const script = renderRecipe(chosen, 'apply', at).replaceAll(/root:(root|dojang-api)/g, self);
  return stepResults(host.run(script).stdout);
}

const state = () => [host.read('opt/api/serving'), host.nginxPort];
const setting = (slot: string) => /^PUBLIC_URL="(.*)"$/m.exec(host.read(`etc/dojang/api-${slot}.env`))?.[1];

it('starts the release beside itself, switches, and does nothing the second time', async () => {
  provision('https://one.example.com');
  host.deploy(await host.artifact('first'));
  expect([...state(), setting('a')]).toEqual(['a', '8080', 'https://one.example.com']);
  expect(provision('https://two.example.com').results).toMatchObject([{ state: 'changed' }, { state: 'ok' }, { state: 'changed' }]);
  expect([...state(), setting('b')]).toEqual(['b', '8081', 'https://two.example.com']);
  expect([host.isActive('dojang-api@a.service'), host.isActive('dojang-api@b.service')]).toEqual([false, true]);
  expect(provision('https://two.example.com').results).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
});

it('that is not healthy never serves: the old one does, and the run says so', async () => {
  provision('https://one.example.com');
  host.deploy(await host.artifact('first'));
  const [, , handler] = provision('https://wrong.example.com').results;
  expect(handler).toMatchObject({ id: 'api-restart', state: 'failed' });
  expect(handler?.details.join('\n')).toMatch(/was not healthy within 5 s[\s\S]*it serves on with those that it had/);
  expect([...state(), setting('a')]).toEqual(['a', '8080', 'https://one.example.com']);
  expect([host.isActive('dojang-api@a.service'), host.isActive('dojang-api@b.service')]).toEqual([true, false]);
  expect(provision('https://right.example.com').results.at(-1)).toMatchObject({ state: 'changed' });
  expect([...state(), setting('b')]).toEqual(['b', '8081', 'https://right.example.com']);
});

it('takes over the unit of before there were slots, which runs until slot b serves', async () => {
  provision('https://one.example.com');
  host.makeEarlier(await host.artifact('earlier'));
  expect(provision('https://one.example.com').results).toMatchObject([{ state: 'ok' }, { state: 'changed' }, { state: 'changed' }]);
  expect(state()).toEqual(['b', '8081']);
  expect([host.isActive('dojang-api.service'), existsSync(host.at('units/dojang-api.service'))]).toEqual([false, false]);
  expect(host.isActive('dojang-api@b.service')).toBe(true);
  rmSync(host.at('state'), { recursive: true });
  expect(provision('https://one.example.com').results).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
});

it('lets a release from before readiness was reported run without, and waits for one that reports it', async () => {
  const dropIn = (slot: string) => host.at(`units/dojang-api@${slot}.service.d/without-readiness.conf`);
  provision('https://one.example.com');
  const old = await host.artifact('old');
  host.deploy(old);
  rmSync(host.at('opt/api/releases', old, 'content-worker.js'));
  expect(provision('https://one.example.com').results).toMatchObject([{ state: 'ok' }, { state: 'changed' }, { state: 'changed' }]);
  // Started beside itself, so that its unit is the one that does not wait.
  expect([...state(), readFileSync(dropIn('b'), 'utf8')]).toEqual(['b', '8081', '[Service]\nType=exec\nWatchdogSec=0\n']);
  expect(provision('https://one.example.com').results).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
  host.write(`opt/api/releases/${old}/content-worker.js`, '');
  expect(provision('https://one.example.com').results).toMatchObject([{ state: 'ok' }, { state: 'changed' }, { state: 'changed' }]);
  expect([...state(), existsSync(dropIn('b')), existsSync(dropIn('a'))]).toEqual(['a', '8080', false, false]);
});
