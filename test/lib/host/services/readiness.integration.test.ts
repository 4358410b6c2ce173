/**
 * Applying the recipe while the current release of the AI server is from before releases reported
 * their readiness. Only systemd is a stand-in. The API: api-unit.integration.test.ts.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { stepResults } from '../../../../lib/host/bash/results.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { bash } from '../bash.ts';
import { prod, prodFacts } from '../recipes.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-readiness-'));
  mkdirSync(at('state/pending'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A unit that is active and was started an hour ago. */
const systemctl = () => `
systemctl() {
  echo "$* $(cat ${at('units')}/*.service.d/*.conf 2>/dev/null | tr '\\n' ' ')" >>${at('said')}
  case $* in
    is-enabled*) echo enabled ;;
    is-active\\ dojang*) echo active ;;
    *InactiveExitTimestamp*) date -d '1 hour ago' ;;
  esac
}`;

function apply(steps: readonly string[] = ['ai-unit']) {
  const recipe = hostRecipe(prod, 'gcp', prodFacts);
  const chosen = {
    ...recipe,
    steps: recipe.steps.filter(({ id }) => steps.includes(id)),
    handlers: recipe.handlers.filter(({ id }) => id === 'ai-restart'),
  };
  const script = renderRecipe(chosen, 'apply', { work: at('work'), state: at('state'), log: at('log') })
    .replaceAll('/opt/dojang', at('opt'))
    .replaceAll('/etc/systemd/system', at('units'))
    .replaceAll('root:root', bash('stat -c %U:%G /proc/self').stdout.trim());
  const { stdout, stderr } = bash('bash -s', {}, `${systemctl()}\n${script}`);
  return { ...stepResults(stdout), stderr };
}

function release(...files: string[]): void {
  for (const file of ['venv/bin/python', ...files]) {
    mkdirSync(dirname(at('opt/ai/current', file)), { recursive: true });
    writeFileSync(at('opt/ai/current', file), '');
  }
}

const said = () => readFileSync(at('said'), 'utf8').split('\n');

const dropIn = () => at('units', 'dojang-ai.service.d/without-readiness.conf');

it('the unit is restarted for its settings with a release from before readiness was reported, which it does not wait for', () => {
  release();
  expect(apply()).toMatchObject({
    end: 'done',
    stderr: '',
    results: [{ state: 'changed' }, { id: 'ai-restart', state: 'changed' }],
  });
  const restart = said().find((line) => line.startsWith('restart dojang-ai'));
  expect(restart).toMatch(/\[Service\] Type=exec WatchdogSec=0/);
  expect(existsSync(at('state/pending', 'ai-restart'))).toBe(false);
  expect(apply().results).toMatchObject([{ state: 'ok' }]);
});

it('the unit waits for a release that reports its readiness', () => {
  release();
  apply();
  release('venv/lib/python3.12/site-packages/dojang_ai/notify.py');
  expect(apply().results).toMatchObject([{ state: 'changed' }, { state: 'changed' }]);
  expect(existsSync(dropIn())).toBe(false);
  expect(apply().results).toMatchObject([{ state: 'ok' }]);
});

it('a unit that owes a restart gets it, although its own step is left out', () => {
  release();
  apply();
  rmSync(dropIn());
  writeFileSync(at('said'), '');
  writeFileSync(at('state/pending', 'ai-restart'), '');
  apply([]);
  expect(said().find((line) => line.startsWith('restart dojang-ai'))).toMatch(/Type=exec/);
});
