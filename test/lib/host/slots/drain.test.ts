/** How long requests have to end: what the API, systemd and the script of a release say of it. */
import { expect, it } from 'vitest';
import { graceMs } from '../../../../apps/api/src/service.ts';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { drainSeconds, workerSeconds } from '../../../../lib/host/slots/drain.ts';
import { hostScripts } from '../../../../lib/release/host/index.ts';
import { cases } from '../recipes.ts';

const options = { digest: 'a'.repeat(64), bucket: 'releases', region: 'ap-northeast-2', migratePassword: '/p', healthSeconds: 60 };

it('the API ends what has not ended 10 s before systemd would end it', () => {
  expect(graceMs).toBe((drainSeconds - 10) * 1000);
  const texts = cases.map(({ recipe }) => renderRecipe(recipe, 'apply')).filter((text) => text.includes('dojang-api@.service'));
  expect(texts.length).toBeGreaterThan(0);
  // The processes that read bodies go on until the service ends them.
  for (const text of texts) for (const line of [`TimeoutStopSec=${drainSeconds}`, 'KillMode=mixed']) expect(text).toContain(`${line}\n`);
});

it('the step may take as long as both', () => {
  const drain = hostScripts('api', options).find(({ step }) => step === 'drain');
  expect(drain?.limitSeconds).toBeGreaterThan(workerSeconds + drainSeconds);
});
