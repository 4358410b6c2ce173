/** Where alarms go. */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  readonly name: string;
  /** E-mail address; AWS asks it once to confirm. */
  readonly contact: string;
}

/**
 * An encrypted topic that CloudWatch may publish to. The key of our own costs 1 USD a month and is worth it: the free key `alias/aws/sns`
 * does not let CloudWatch in, and an alarm that cannot be delivered fails without a sound.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const key = topicKey(this, props.name);
    this.topic = new Topic(this, 'Topic', { topicName: props.name, masterKey: key, enforceSSL: true });
    key.addToResourcePolicy(cloudWatchMay(this, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
    this.topic.addToResourcePolicy(cloudWatchMay(this, ['sns:Publish'], this.topic.topicArn));
    this.topic.addSubscription(new EmailSubscription(props.contact));
  }
}

/** It protects messages under way and nothing kept, so it may go with the stack. */
function topicKey(scope: Construct, name: string): Key {
  return new Key(scope, 'Key', {
    description: `Encrypts the topic ${name}`,
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
