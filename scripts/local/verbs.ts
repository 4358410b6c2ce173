/** `dojang local ...`: commands on the embedded clouds beside deployments. */
import type { Outcome } from '../context.ts';
import { loadConfig } from '../io/config-file.ts';
import { terminal } from '../io/terminal.ts';
import { confirmMails } from './aws/mailbox.ts';
import { localFolders, startLocalClouds } from './index.ts';

/** The variables as shell commands. Progress goes to stderr, so that `eval` reads the variables alone. */
export async function env(): Promise<Outcome> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const variables = await startLocalClouds(await loadConfig('local'), report, false);
  return { data: variables, lines: Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`) };
}

/** Confirms every subscription that the embedded AWS has sent a mail for, as the reader of the mail would. */
export async function confirm(): Promise<Outcome> {
  const report = terminal({ out: process.stderr, progress: process.stderr });
  const mails = await confirmMails(localFolders.aws, await startLocalClouds(await loadConfig('local'), report, false));
  const lines = mails.flatMap(({ from, to, subject, topicArn }) => [`confirmed ${to} for ${topicArn}`, `  mail "${subject}" from ${from}`]);
  return {
    data: mails.map(({ from, to, subject, topicArn }) => ({ from, to, subject, topicArn })),
    lines: mails.length === 0 ? ['no mail waits for a confirmation'] : lines,
  };
}
