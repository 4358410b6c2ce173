/** The mails that AWS would send to the contact: the embedded AWS leaves them in a file. */
import { join } from 'node:path';
import { ConfirmSubscriptionCommand, SNSClient } from '@aws-sdk/client-sns';
import { readJson } from '../../io/state.ts';

/** A mail that asks for the confirmation of a subscription. */
export interface Mail {
  /** Like `dojang-local alarms <no-reply@sns.amazonaws.com>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly topicArn: string;
  readonly token: string;
}

/** Mails that have not been answered yet. @param folder of the embedded AWS */
export function readMailbox(folder: string): readonly Mail[] {
  return readJson<Mail[]>(join(folder, 'mailbox.json')) ?? [];
}

/** Follows the link of each mail, as its reader would. Returns those mails. */
export async function confirmMails(folder: string, env: Readonly<Record<string, string>>): Promise<readonly Mail[]> {
  const mails = readMailbox(folder);
  const sns = new SNSClient({
    endpoint: env.AWS_ENDPOINT_URL,
    region: env.AWS_REGION,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
  });
  for (const { topicArn, token } of mails) await sns.send(new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token }));
  return mails;
}
