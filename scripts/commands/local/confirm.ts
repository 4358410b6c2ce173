/** `dojang local confirm`: confirms the subscriptions of the embedded AWS. */
import { loadConfig } from '../../io/config/config-file.ts';
import { terminal } from '../../io/terminal/terminal.ts';
import { confirmMails } from '../../local/aws/mailbox.ts';
import { localFolders, startLocalClouds } from '../../local/index.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { localConfirmAnswer } from './answer.ts';

/**
 * Confirms every subscription that the embedded AWS has sent a mail for, as the reader of the mail
 * would.
 */
export async function confirm(): Promise<Outcome<DataOf<typeof localConfirmAnswer>>> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const mails = await confirmMails(localFolders.aws, await startLocalClouds(await loadConfig('local'), report, { start: false }));
  const lines = mails.flatMap(({ from, to, subject, topicArn }) => [`confirmed ${to} for ${topicArn}`, `  mail "${subject}" from ${from}`]);
  return {
    format: localConfirmAnswer,
    data: mails.map(({ from, to, subject, topicArn }) => ({ from, to, subject, topicArn })),
    lines: mails.length === 0 ? ['no mail waits for a confirmation'] : lines,
  };
}
