/** The scripts of a release agree with its plan. */
import { describe, expect, it } from 'vitest';
import { apps } from '../../../../lib/release/artifact.ts';
import { type HostScript, hostScripts, rollBackScript } from '../../../../lib/release/host/index.ts';
import { deployPlan } from '../../../../lib/release/plan/plan.ts';

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

  it('may take as long as the health that they wait for, and another script before them', () => {
    const health = scripts.find(({ step }) => step === 'health');
    expect(health?.limitSeconds ?? 500).toBeGreaterThan(77 + 360);
    for (const { script } of scripts) expect(script).toContain(`home=/opt/dojang/${app}\n`);
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
