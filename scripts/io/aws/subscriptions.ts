/** Who receives what is published to a topic. */
import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import type { TopicSubscription } from '../../../lib/ports.ts';
import type { Site } from './site.ts';

/** What AWS gives in place of an ARN until the subscription is confirmed. */
const pending = 'PendingConfirmation';

export async function subscriptionsOf({ clients }: Pick<Site, 'clients'>, TopicArn: string): Promise<TopicSubscription[]> {
  const found: TopicSubscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: clients.sns }, { TopicArn })) {
    found.push(
      ...Subscriptions.map(({ Protocol = '', Endpoint = '', SubscriptionArn }) => ({
        protocol: Protocol,
        endpoint: Endpoint,
        confirmed: SubscriptionArn !== pending,
      })),
    );
  }
  return found;
}
