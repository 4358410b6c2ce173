/**
 * The topic of the alarms on the embedded AWS: an environment of the earlier layout, its upgrade,
 * and a machine that is replaced.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfirmSubscriptionCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { guard } from '../../../../lib/inventory/guard.ts';
import type { AwsCloud } from '../../../../lib/ports/aws.ts';
import { awsCloud } from '../../../../scripts/io/aws/index.ts';
import { awsClientConfig, type Connection, connectionFrom } from '../../../../scripts/io/connection.ts';
import { pythonEnvironment } from '../../../../scripts/io/process/python.ts';
import { remove, root } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { confirmMails, readMailbox } from '../../../../scripts/local/aws/mailbox.ts';
import { alarmSubscription } from '../../../../scripts/runtime/alarm-subscription.ts';
import { trustWork } from '../../../../scripts/runtime/wiring/trust.ts';
import { bash } from '../../../lib/host/bash.ts';
import { localFacts, stepOf } from '../../../lib/host/recipes.ts';
import { MemorySecrets } from '../../memory-secrets.ts';
import { wantedTrust } from '../../wanted-trust.ts';
import { addressesWithFixedName, earlierLayout, fixedTopicName } from './earlier-layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-topic-test-'));
const environment = environmentOf(config, 'local');
const { addresses, network, host } = environment.names.stacks;
const peers = { aws: '203.0.113.10', gcp: '198.51.100.10' };
const quiet = () => undefined;
let variables: Readonly<Record<string, string>>;
let connection: Connection;
let cloud: AwsCloud;

const sns = () => new SNSClient(awsClientConfig(connection, environment.aws.region));
const topics = async () => ((await sns().send(new ListTopicsCommand({}))).Topics ?? []).map(({ TopicArn = '' }) => TopicArn);
const subscriptionsOf = async (TopicArn: string) =>
  (await sns().send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];
const topicOutput = async () => (await cloud.outputs([addresses])).AlarmTopic ?? '';
/** CloudWatch by its query protocol. */
const query = async (Action: string, parameters: Readonly<Record<string, string>>) => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=local/20260101/ap-northeast-2/monitoring/aws4_request, SignedHeaders=host, Signature=none';
  const body = new URLSearchParams({ Action, Version: '2010-08-01', ...parameters });
  const answer = await fetch(connection.endpoints.aws ?? '', { method: 'POST', headers: { authorization }, body });
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return text;
};
const machine = async () => (await cloud.outputs([host])).InstanceId;

beforeAll(async () => {
  const { env } = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress: quiet });
  process.env.TMPDIR = folder;
  connection = connectionFrom(env);
  variables = env;
  cloud = awsCloud(environment, { connection });
  await cloud.bootstrap(quiet);
  const earlier = awsCloud(environment, { connection, synth: earlierLayout(environment) });
  await earlier.deploy([addresses], quiet);
  await earlier.deploy([network, host], quiet);
});

afterAll(async () => {
  await stopLocalAws(folder);
  remove(folder);
});

describe('an environment whose topic is in the stack of its host', () => {
  it('would not take a topic of the same name into another stack', async () => {
    expect(await topics()).toEqual([expect.stringMatching(new RegExp(`:${fixedTopicName(environment)}$`))]);
    const colliding = awsCloud(environment, { connection, synth: addressesWithFixedName(environment) });
    await expect(colliding.deploy([addresses], quiet)).rejects.toMatchObject({
      code: 'deploy-failed',
      message: expect.stringMatching(/AlarmTopic\w+ \(AWS::SNS::Topic\) failed: .*dojang-local-alarms already exists/),
    });
    expect(await topics()).toHaveLength(1);
  });

  it('is upgraded in the order of up: nothing is lost, the machine stays, and one topic is left', async () => {
    const before = await machine();
    const changes = await cloud.changes([addresses, network, host]);
    expect(() => guard(changes, [])).not.toThrow();
    await cloud.deploy([addresses], quiet);
    expect(await topics()).toHaveLength(2);
    await cloud.deploy([network, host], quiet);
    expect(await topics()).toEqual([await topicOutput()]);
    expect(await machine()).toBe(before);
    expect(await cloud.changes([addresses, network, host])).toEqual([]);
  });
});

describe('an alarm on the days left of a certificate', () => {
  /** What the AWS host reports when its certificates were made so many days ago. */
  const report = async (daysAgo: number) => {
    const [secrets, now] = [new MemorySecrets(), new Date(Date.now() - daysAgo * 86_400_000)];
    await trustWork(wantedTrust(environment, peers), { secrets }, { apply: true, rotate: [], now }, quiet);
    for (const name of ['peer', 'site']) {
      const certificate = secrets.kept.get(`/dojang/local/aws/${name}-certificate`)?.value.reveal() ?? '';
      writeFileSync(join(folder, `${name}.pem`), certificate);
    }
    const { definitions } = stepOf(hostRecipe(environment, 'aws', localFacts), 'certificate-metrics');
    const program = bash(`${definitions}\ntext_of__usr_local_lib_dojang_certificate_days`).stdout.replaceAll('/etc/dojang/tls', folder);
    writeFileSync(join(folder, 'certificate-days'), program);
    const python = await pythonEnvironment(join(root, 'scripts/local/aws/requirements.txt'), quiet);
    return bash(`${python} ${folder}/certificate-days`, variables);
  };
  const state = async (name: string) => {
    const answer = await query('DescribeAlarms', { 'AlarmNames.member.1': `dojang-local-${name}` });
    return /<StateValue>(\w+)</.exec(answer)?.[1];
  };

  it('has no data before the first report, and follows what the program of the host reports', async () => {
    expect(await state('certificate-site')).toBe('INSUFFICIENT_DATA');
    expect(await report(0)).toMatchObject({ code: 0, stdout: 'aws-peer 396 days left, site 396 days left\n' });
    expect(await state('certificate-site')).toBe('OK');
    expect(await report(375)).toMatchObject({ code: 0, stdout: 'aws-peer 21 days left, site 21 days left\n' });
    expect(await state('certificate-site')).toBe('OK');
    expect(await report(376)).toMatchObject({ code: 0, stdout: 'aws-peer 20 days left, site 20 days left\n' });
    const names = ['certificate-site', 'certificate-aws-peer', 'certificate-gcp-peer', 'cpu'];
    expect(await Promise.all(names.map(state))).toEqual(['ALARM', 'ALARM', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  });
});

describe('the subscription', () => {
  it('is pending until the link of the mail is followed', async () => {
    const TopicArn = await topicOutput();
    expect(await subscriptionsOf(TopicArn)).toMatchObject([
      { Protocol: 'email', Endpoint: environment.contact, SubscriptionArn: 'PendingConfirmation' },
    ]);
    await expect(sns().send(new UnsubscribeCommand({ SubscriptionArn: 'PendingConfirmation' }))).rejects.toThrow(/at least 6 elements/);
    await expect(sns().send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'guessed' }))).rejects.toThrow(/Token/);
    expect((await alarmSubscription(environment, { aws: cloud })).warns).toBe(true);
    const mail = readMailbox(folder).find(({ topicArn }) => topicArn === TopicArn);
    expect(mail).toMatchObject({
      from: 'dojang-local alarms <no-reply@sns.amazonaws.com>',
      to: environment.contact,
      subject: 'AWS Notification - Subscription Confirmation',
    });
    expect(await confirmMails(folder, variables)).toContainEqual(mail);
    expect(readMailbox(folder)).toEqual([]);
    expect(await alarmSubscription(environment, { aws: cloud })).toEqual({ ok: true, detail: '' });
    expect(await subscriptionsOf(TopicArn)).toMatchObject([{ SubscriptionArn: expect.stringMatching(/^arn:aws:sns:/) }]);
  });

  it('is still confirmed after the machine was replaced, and after a setting of the topic was changed', async () => {
    const TopicArn = await topicOutput();
    await cloud.destroy([host], quiet);
    await cloud.deploy([network, host], quiet);
    const renamed = awsCloud({ ...environment, owner: 'others' }, { connection });
    await renamed.deploy([addresses], quiet);
    expect(await topicOutput()).toBe(TopicArn);
    expect(await subscriptionsOf(TopicArn)).toMatchObject([{ SubscriptionArn: expect.stringMatching(/^arn:aws:sns:/) }]);
  });

  it('is missing once it was removed, and can be made again', async () => {
    const TopicArn = await topicOutput();
    const [{ SubscriptionArn } = {}] = await subscriptionsOf(TopicArn);
    await sns().send(new UnsubscribeCommand({ SubscriptionArn }));
    // AWS lists it for days.
    expect(await subscriptionsOf(TopicArn)).toMatchObject([{ Endpoint: environment.contact, SubscriptionArn: 'Deleted' }]);
    expect(await alarmSubscription(environment, { aws: cloud })).toMatchObject({
      ok: false,
      next: expect.stringContaining(`aws sns subscribe --region ap-northeast-2 --topic-arn ${TopicArn} --protocol email`),
    });
    await sns().send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: environment.contact }));
    expect(await alarmSubscription(environment, { aws: cloud })).toMatchObject({ ok: true, warns: true });
  });

  it('is pending anew for another contact, and asked for again when it is subscribed again', async () => {
    const TopicArn = await topicOutput();
    await awsCloud({ ...environment, owner: 'others', contact: 'second@example.com' }, { connection }).deploy([addresses], quiet);
    const pending = { Endpoint: 'second@example.com', SubscriptionArn: 'PendingConfirmation' };
    expect(await subscriptionsOf(TopicArn)).toContainEqual(expect.objectContaining(pending));
    const [first] = readMailbox(folder).filter(({ to }) => to === 'second@example.com');
    await sns().send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'second@example.com' }));
    const [second, ...others] = readMailbox(folder).filter(({ to }) => to === 'second@example.com');
    expect(others).toEqual([]);
    expect(second?.token).not.toBe(first?.token);
  });
});
