/** Asks AWS whether the contact of an environment has confirmed the subscription of its alarms. */
import type { Environment } from '../../lib/config/environment.ts';
import type { Verdict } from '../../lib/doctor/check.ts';
import { subscriptionVerdict } from '../../lib/doctor/checks/service/subscription.ts';
import type { Clouds } from './context.ts';

export async function alarmSubscription(environment: Environment, { aws }: Pick<Clouds, 'aws'>): Promise<Verdict> {
  const { AlarmTopic: topic } = await aws.outputs([environment.names.stacks.addresses]);
  return subscriptionVerdict({ environment, topic, subscriptions: topic === undefined ? [] : await aws.subscriptions(topic) });
}
