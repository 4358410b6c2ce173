import { Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../../lib/config/names.ts';
import { DailySnapshots } from '../../../../lib/constructs/storage/daily-snapshots.ts';
import { AlarmTopic } from '../../../../lib/constructs/watching/alarm-topic.ts';
import { CertificateAlarms } from '../../../../lib/constructs/watching/certificate-alarms.ts';
import { HostAlarms } from '../../../../lib/constructs/watching/host-alarms.ts';
import { MonthlyBudget } from '../../../../lib/constructs/watching/monthly-budget.ts';
import { Usd } from '../../../../lib/values/money.ts';
import { prod } from '../../../stacks/environments.ts';
import { templateOf } from '../template-of.ts';

describe('the alarms', () => {
  const template = templateOf((stack) => {
    const topic = new Topic(stack, 'Topic');
    new HostAlarms(stack, 'Alarms', { prefix: 'x', instanceId: 'i-1', thresholds: { cpu: 71, disk: 72, memory: 73 }, topic });
  });

  it.each([
    ['x-status-check', 'AWS/EC2', 'StatusCheckFailed', 1],
    ['x-cpu', 'AWS/EC2', 'CPUUtilization', 71],
    ['x-disk', 'CWAgent', 'disk_used_percent', 72],
    ['x-memory', 'CWAgent', 'mem_used_percent', 73],
  ])('%s watches %s %s from %i', (AlarmName, Namespace, MetricName, Threshold) => {
    const actions = [{ Ref: Match.stringLikeRegexp('^Topic') }];
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName,
      Namespace,
      MetricName,
      Threshold,
      Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }],
      AlarmActions: actions,
      OKActions: actions,
      InsufficientDataActions: actions,
    });
  });

  it('take a machine that reports nothing for broken', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'StatusCheckFailed', TreatMissingData: 'breaching' });
  });
});

describe('the alarms of certificates', () => {
  const alarmsOf = (environment: typeof prod) => {
    const template = templateOf((stack) => {
      new CertificateAlarms(stack, 'Alarms', { environment, days: 20, topic: new Topic(stack, 'Topic') });
    });
    return Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  };

  it('go off by name below the days that are configured, and when a host stops reporting', () => {
    const alarms = alarmsOf(prod);
    expect(alarms.map(({ AlarmName, Dimensions }) => [AlarmName, Dimensions])).toEqual([
      ['dojang-prod-certificate-aws-peer', [{ Name: 'Certificate', Value: 'aws-peer' }]],
      ['dojang-prod-certificate-site', [{ Name: 'Certificate', Value: 'site' }]],
      ['dojang-prod-certificate-gcp-peer', [{ Name: 'Certificate', Value: 'gcp-peer' }]],
    ]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        Namespace: 'dojang-prod',
        MetricName: 'CertificateDaysLeft',
        Statistic: 'Minimum',
        Threshold: 20,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'missing',
        AlarmActions: [{ Ref: expect.stringMatching(/^Topic/) }],
        InsufficientDataActions: [{ Ref: expect.stringMatching(/^Topic/) }],
      });
    }
  });

  it('name what renews the certificate', () => {
    const [peer, site] = alarmsOf(prod).map(({ AlarmDescription }) => AlarmDescription);
    expect(peer).toMatch(/aws-peer ends in less than 20 days\. dojang wire --env prod, then dojang provision --env prod$/);
    expect(site).toMatch(/site ends in less than 20 days\. certbot does not renew it/);
  });

  it('leave out the certificate of a GPU machine that there is not', () => {
    const names = namesOf({ ...prod, runpod: { gpu: '24 GB' } });
    expect(alarmsOf({ ...prod, names }).map(({ AlarmName }) => AlarmName)).toHaveLength(2);
  });
});

describe('the topic', () => {
  const template = templateOf((stack) => {
    new AlarmTopic(stack, 'Alarms', { displayName: 'x alarms', contact: 'ops@example.com' });
  });
  const cloudWatch = {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
  };

  it('has no fixed name, so that a stack can have it while another one still has its own', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { TopicName: Match.absent(), DisplayName: 'x alarms' });
  });

  it('is encrypted with a key that CloudWatch may use for this account', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    const Statement = Match.arrayWith([Match.objectLike({ ...cloudWatch, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true, KeyPolicy: { Statement } });
  });

  it('lets CloudWatch publish, and refuses requests without TLS', () => {
    const withoutTls = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    const Statement = [Match.objectLike(withoutTls), Match.objectLike({ ...cloudWatch, Action: 'sns:Publish' })];
    template.hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: { Statement } });
  });

  it('mails to the contact', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
  });
});

it('the snapshots are daily and kept as many days as configured', () => {
  const template = templateOf((stack) => {
    new DailySnapshots(stack, 'Snapshots', { volumeName: 'x-data', keepDays: 9 });
  });
  template.hasResourceProperties('AWS::DLM::LifecyclePolicy', {
    State: 'ENABLED',
    PolicyDetails: {
      TargetTags: [{ Key: 'snapshots', Value: 'x-data' }],
      Schedules: [{ CreateRule: { Interval: 24, IntervalUnit: 'HOURS' }, RetainRule: { Interval: 9, IntervalUnit: 'DAYS' } }],
    },
  });
});

it('the budget mails at 80 % and 100 %, spent and forecast', () => {
  const template = templateOf((stack) => {
    new MonthlyBudget(stack, 'Budget', { limit: Usd.of('150 USD'), contact: 'ops@example.com' });
  });
  const [budget] = Object.values(template.findResources('AWS::Budgets::Budget'));
  expect(budget?.Properties.Budget).toMatchObject({ BudgetLimit: { Amount: 150, Unit: 'USD' }, TimeUnit: 'MONTHLY' });
  const marks = budget?.Properties.NotificationsWithSubscribers.map(
    ({ Notification }: { Notification: { NotificationType: string; Threshold: number } }) =>
      `${Notification.NotificationType} ${Notification.Threshold}`,
  );
  expect(marks).toEqual(['ACTUAL 80', 'ACTUAL 100', 'FORECASTED 80', 'FORECASTED 100']);
});
