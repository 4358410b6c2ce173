/** Where alarms go. */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** What mails have as the name of their sender, like `dojang-prod alarms`. */
  readonly displayName: string;
  /** E-mail address; AWS asks it once to confirm. */
  readonly contact: string;
}

/**
 * An encrypted topic that CloudWatch may publish to. The key of our own costs 1 USD a month and is
 * worth it: the free key `alias/aws/sns` does not let CloudWatch in, and an alarm that cannot be
 * delivered fails without a sound.
 *
 * CloudFormation names the topic. A fixed name is taken while another stack still has the topic:
 * environments that were deployed when the host's stack had it could not be upgraded ("already
 * exists"), and a topic that must be replaced could not be either.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const key = topicKey(this, props.displayName);
    this.topic = new Topic(this, 'Topic', { displayName: props.displayName, masterKey: key, enforceSSL: true });
    key.addToResourcePolicy(cloudWatchMay(this, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
    this.topic.addToResourcePolicy(cloudWatchMay(this, ['sns:Publish'], this.topic.topicArn));
    this.topic.addSubscription(new EmailSubscription(props.contact));
  }
}

/** It protects messages under way and nothing kept, so it may go with the stack. */
function topicKey(scope: Construct, displayName: string): Key {
  return new Key(scope, 'Key', {
    description: `Encrypts the topic of ${displayName}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
}

/** Only alarms of this account: a service principal alone would speak for every customer of AWS. */
function cloudWatchMay(scope: Construct, actions: string[], resource: string): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}
