import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { up } from '../../../../scripts/commands/up/up.ts';
import type { Clouds } from '../../../../scripts/runtime/context.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const wiring = { only: ['wire'], cloudsOnly: true };

/**
 * Clouds where everything is deployed, and what AWS answers about the subscriptions of the alarms.
 */
async function summaryWith(subscriptions: Clouds['aws']['subscriptions']): Promise<readonly string[]> {
  const memory = new MemoryClouds(environment);
  memory.deployRules();
  memory.outputs = { ...memory.outputs, aws: { ...memory.outputs.aws, AlarmTopic: 'arn:topic' } };
  const both = memory.clouds();
  const clouds = {
    ...both,
    aws: { ...both.aws, subscriptions },
    gcp: { ...both.gcp, changes: async () => [] },
    hosts: { reason: '', next: '' },
  };
  const { lines = [] } = checked(await up(memory.context(), async () => clouds, wiring));
  return lines;
}

it('a step that there is not is named before a cloud is opened', async () => {
  const unopened = () => Promise.reject(new Error('a cloud was opened'));
  await expect(up(new MemoryClouds(environment).context(), unopened, { only: ['wier'], cloudsOnly: false })).rejects.toMatchObject({
    code: 'unknown-step',
    message: 'no step wier',
  });
});

describe('the summary of up', () => {
  it('is complete where AWS does not let it list the subscriptions of the alarms, and says so', async () => {
    const refusal = 'not authorized to perform: SNS:ListSubscriptionsByTopic';
    const lines = await summaryWith(() => Promise.reject(new Error(refusal)));
    expect(lines).toContain('prod is up');
    expect(lines).toContain(`whether alarms reach ${environment.contact} could not be asked: ${refusal}`);
  });

  it('names the mail to confirm while the subscription is pending, and nothing once it is confirmed', async () => {
    const subscription = { protocol: 'email', endpoint: environment.contact };
    const pending = await summaryWith(async () => [{ ...subscription, confirmed: false }]);
    expect(pending).toContain(`alarms do not reach ${environment.contact}: the subscription waits for its confirmation`);
    const confirmed = await summaryWith(async () => [{ ...subscription, confirmed: true }]);
    expect(confirmed.filter((line) => line.includes('alarms'))).toEqual([]);
  });
});
