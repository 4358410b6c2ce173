/** The scripts of a release agree with its plan. */
import { describe, expect, it } from 'vitest';
import { apps } from '../../../../lib/release/artifact.ts';
import { canaryScript, type HostScript, hostScripts, rollBackScript } from '../../../../lib/release/host/index.ts';
import { scriptLimitSeconds } from '../../../../lib/release/plan/limits.ts';
import { deployPlan } from '../../../../lib/release/plan/plan.ts';
import { canaryShares } from '../../../../lib/release/plan/step.ts';
import { aiTestScript } from '../../../../lib/release/probe/ai-test.ts';
import { apiTestScript } from '../../../../lib/release/probe/api-test.ts';

const digest = '0123456789abcdef'.repeat(4);
const options = { digest, bucket: 'releases', region: 'ap-northeast-2', migratePassword: '/p', healthSeconds: 77 };

/** Steps of the operator's machine, and those that measure. */
const elsewhere = ['build', 'upload', 'pre-hook', 'post-hook', 'announce', 'announce-end', 'dump', 'test', 'watch', 'record'];

describe.each(apps)('the scripts of %s', (app) => {
  const scripts: readonly HostScript[] = hostScripts(app, options);

  it('are one for each step on the host, in the order of the plan', () => {
    const planned = deployPlan(app).steps.map(({ id }) => id);
    expect(scripts.map(({ step }) => step)).toEqual(planned.filter((id) => !elsewhere.includes(id)));
  });

  it('are of this component', () => {
    for (const { script } of scripts) expect(script).toContain(`home=/opt/dojang/${app}\n`);
  });

  it('are ended when the limit of the plan is over, after their turn and with time to end', () => {
    const planned = deployPlan(app, { healthSeconds: 77 }).steps;
    const limits = scripts.map(({ step, limitSeconds }) => [step, limitSeconds]);
    const ofPlan = scripts.map(({ step }) => [step, scriptLimitSeconds(planned.find(({ id }) => id === step)?.limitSeconds ?? Number.NaN)]);
    expect(limits).toEqual(ofPlan);
    expect(scriptLimitSeconds(77)).toBeGreaterThan(77 + 360);
  });

  it('begin without a digest where there is none yet', () => {
    const [before] = hostScripts(app, { ...options, digest: '' });
    expect(before?.script).toContain("release=$home/releases/''\n");
  });

  it('carry a reason into the mark of a bad release whatever is in it', () => {
    const { step, script } = rollBackScript(app, { digest, reason: "it's $(slow)", healthSeconds: 5 });
    expect([step, script.includes(String.raw`'it'\''s $(slow)'`)]).toEqual(['roll-back', true]);
  });
});

describe('the limit of a step', () => {
  const limitOf = (app: 'api' | 'ai', step: string) =>
    deployPlan(app, { healthSeconds: 77, watchSeconds: 50, canary: true }).steps.find(({ id }) => id === step)?.limitSeconds;

  it.each(canaryShares)('canary-%s is that of its script, and of the watch', (percent) => {
    const { limitSeconds } = canaryScript({ digest, percent });
    expect(limitSeconds).toBe(scriptLimitSeconds((limitOf('api', `canary-${percent}`) ?? 0) - 50));
  });

  it('test is that of its script', () => {
    expect(apiTestScript({ digest }).limitSeconds).toBe(limitOf('api', 'test'));
    expect(aiTestScript().limitSeconds).toBe(limitOf('ai', 'test'));
  });

  it('is for the whole of a migration, which is ended with it', () => {
    const migrate = hostScripts('api', options).find(({ step }) => step === 'migrate');
    expect(migrate?.script).toContain(`RuntimeMaxSec=${limitOf('api', 'migrate')} `);
  });

  it('health leaves the AI server time to be rolled back by its host', () => {
    expect(limitOf('ai', 'health')).toBe(77 + 77 + 310);
    expect(limitOf('api', 'health')).toBe(77);
  });
});
