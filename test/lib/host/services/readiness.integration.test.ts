/**
 * Applying the recipe while the current release is from before releases reported their readiness.
 * Only systemd is a stand-in.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

function apply(app: 'api' | 'ai', steps: readonly string[] = [`${app}-unit`]) {
  const recipe = hostRecipe(prod, app === 'api' ? 'aws' : 'gcp', prodFacts);
  const chosen = {
    ...recipe,
    steps: recipe.steps.filter(({ id }) => steps.includes(id)),
    handlers: recipe.handlers.filter(({ id }) => id === `${app}-restart`),
  };
  const script = renderRecipe(chosen, 'apply', { work: at('work'), state: at('state'), log: at('log') })
    .replaceAll('/opt/dojang', at('opt'))
    .replaceAll('/etc/systemd/system', at('units'))
    .replaceAll('root:root', bash('stat -c %U:%G /proc/self').stdout.trim());
  const { stdout, stderr } = bash('bash -s', {}, `${systemctl()}\n${script}`);
  return { ...stepResults(stdout), stderr };
}

function release(app: 'api' | 'ai', ...files: string[]): void {
  for (const file of ['server.js', 'venv/bin/python', ...files]) {
    mkdirSync(dirname(at('opt', app, 'current', file)), { recursive: true });
    writeFileSync(at('opt', app, 'current', file), '');
  }
}

const said = () => readFileSync(at('said'), 'utf8').split('\n');

describe.each([
  ['api', 'content-worker.js'],
  ['ai', 'venv/lib/python3.12/site-packages/dojang_ai/notify.py'],
] as const)('the unit of %s', (app, marker) => {
  const dropIn = () => at('units', `dojang-${app}.service.d/without-readiness.conf`);

  it('is restarted for its settings with a release from before readiness was reported, which it does not wait for', () => {
    release(app);
    expect(apply(app)).toMatchObject({
      end: 'done',
      stderr: '',
      results: [{ state: 'changed' }, { id: `${app}-restart`, state: 'changed' }],
    });
    const restart = said().find((line) => line.startsWith(`restart dojang-${app}`));
    expect(restart).toMatch(/\[Service\] Type=exec WatchdogSec=0/);
    expect(existsSync(at('state/pending', `${app}-restart`))).toBe(false);
    expect(apply(app).results).toMatchObject([{ state: 'ok' }]);
  });

  it('waits for a release that reports its readiness', () => {
    release(app);
    apply(app);
    release(app, marker);
    expect(apply(app).results).toMatchObject([{ state: 'changed' }, { state: 'changed' }]);
    expect(existsSync(dropIn())).toBe(false);
    expect(apply(app).results).toMatchObject([{ state: 'ok' }]);
  });

  it('that owes a restart gets it, although its own step is left out', () => {
    release(app);
    apply(app);
    rmSync(dropIn());
    writeFileSync(at('said'), '');
    writeFileSync(at('state/pending', `${app}-restart`), '');
    apply(app, []);
    expect(said().find((line) => line.startsWith(`restart dojang-${app}`))).toMatch(/Type=exec/);
  });
});
