/** Whether alarms are delivered: the e-mail subscription of their topic. */
import type { Environment } from '../../../config/environment.ts';
import { isLocal } from '../../../config/names.ts';
import type { TopicSubscription } from '../../../ports/aws.ts';
import { failed, ok, type Verdict, warning } from '../../check.ts';

/** The mail in which AWS asks for the confirmation; its sender has the topic's display name. */
const mail = { sender: 'no-reply@sns.amazonaws.com', subject: 'AWS Notification - Subscription Confirmation' } as const;

interface Subject {
  readonly environment: Environment;
  /** ARN of the topic; undefined when it is not deployed. */
  readonly topic: string | undefined;
  readonly subscriptions: readonly TopicSubscription[];
}

/**
 * A pending subscription is a warning: it waits for the operator who has just deployed. AWS ends
 * that state by itself and removes the subscription after 48 hours; from then on it is missing,
 * which is a failure, since alarms are then never delivered.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
 */
export function subscriptionVerdict({ environment, topic, subscriptions }: Subject): Verdict {
  const { contact, name } = environment;
  if (topic === undefined) return failed('there is no topic for them', `dojang up --env ${name}`);
  const found = subscriptions.filter(({ protocol, endpoint }) => protocol === 'email' && endpoint === contact);
  if (found.some(({ confirmed }) => confirmed)) return ok('');
  if (found.length > 0) return warning('the subscription waits for its confirmation', confirmation(environment));
  return failed('not subscribed: AWS removes what is not confirmed within 48 hours', subscribeAgain(environment, topic));
}

function confirmation({ prefix, ...environment }: Environment): string {
  const follow = `the mail "${mail.subject}" from "${prefix} alarms" <${mail.sender}>`;
  return isLocal(environment) ? `dojang local confirm follows the link in ${follow}` : `follow the link in ${follow}`;
}

function subscribeAgain(environment: Environment, topic: string): string {
  const { aws, contact } = environment;
  const words = `--region ${aws.region} --topic-arn ${topic} --protocol email --notification-endpoint ${contact}`;
  return `aws sns subscribe ${words}, then ${confirmation(environment)}`;
}
