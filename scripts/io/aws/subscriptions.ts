/** Who receives what is published to a topic. */
import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import type { TopicSubscription } from '../../../lib/ports/aws.ts';
import type { AwsContext } from './aws-context.ts';

/**
 * What AWS gives in place of the ARN of a subscription that was removed and is listed a while
 * longer.
 */
const removed = 'Deleted';

export async function subscriptionsOf({ clients }: Pick<AwsContext, 'clients'>, TopicArn: string): Promise<TopicSubscription[]> {
  const found: TopicSubscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: clients.sns }, { TopicArn })) {
    found.push(
      ...Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn !== removed).map(
        ({ Protocol = '', Endpoint = '', SubscriptionArn }) => ({
          protocol: Protocol,
          endpoint: Endpoint,
          // Until it is confirmed, AWS gives a word in place of the ARN.
          confirmed: SubscriptionArn?.startsWith('arn:') ?? false,
        }),
      ),
    );
  }
  return found;
}
