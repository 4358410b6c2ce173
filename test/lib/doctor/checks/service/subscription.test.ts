import { describe, expect, it } from 'vitest';
import { subscriptionVerdict } from '../../../../../lib/doctor/checks/service/subscription.ts';
import type { TopicSubscription } from '../../../../../lib/ports/aws.ts';
import { local, prod } from '../../subject.ts';

const topic = 'arn:aws:sns:ap-northeast-2:123456789012:topic';
const of = (change: Partial<TopicSubscription>): TopicSubscription => ({
  protocol: 'email',
  endpoint: prod.contact,
  confirmed: true,
  ...change,
});
const verdict = (subscriptions: readonly TopicSubscription[], environment = prod) =>
  subscriptionVerdict({ environment, topic, subscriptions });

describe('the subscription of the alarms', () => {
  it('is in order once it is confirmed', () => expect(verdict([of({})])).toEqual({ ok: true, detail: '' }));

  it('is a warning while AWS waits for the confirmation, with the mail to look for', () => {
    const { ok, warns, next } = verdict([of({ confirmed: false })]);
    expect([ok, warns]).toEqual([true, true]);
    expect(next).toBe(
      'follow the link in the mail "AWS Notification - Subscription Confirmation" from "dojang-prod alarms" <no-reply@sns.amazonaws.com>',
    );
    expect(verdict([of({ confirmed: false })], local).next).toMatch(/^dojang local confirm follows the link in the mail/);
  });

  it.each([
    ['nothing is subscribed', []],
    ['another address is', [of({ endpoint: 'former@example.com' })]],
    ['the contact is by another protocol', [of({ protocol: 'email-json' })]],
  ])('is a failure when %s', (_, subscriptions) => {
    const { ok, next } = verdict(subscriptions);
    expect(ok).toBe(false);
    const words = `--region ap-northeast-2 --topic-arn ${topic} --protocol email --notification-endpoint ops@example.com`;
    expect(next).toMatch(new RegExp(`^aws sns subscribe ${words}, then follow the link`));
  });

  it('is a failure when there is no topic yet', () => {
    expect(subscriptionVerdict({ environment: prod, topic: undefined, subscriptions: [] })).toMatchObject({
      ok: false,
      next: 'dojang up --env prod',
    });
  });
});
