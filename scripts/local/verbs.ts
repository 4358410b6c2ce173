/** `dojang local ...`: what a person does with the embedded clouds beside deploying to them. */
import { DojangError } from '../../lib/errors.ts';
import type { Outcome } from '../context.ts';
import { loadConfig } from '../io/config-file.ts';
import { terminal } from '../io/terminal.ts';
import { confirmMails } from './aws/mailbox.ts';
import { clearFaults, writeFaults } from './gcp/index.ts';
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

export interface FaultOptions {
  readonly stockout: readonly string[];
  readonly quota: readonly string[];
}

/**
 * Lets the embedded GCP refuse machines with a GPU from now on; without zones it has stock again.
 * @throws DojangError `unknown-zone` for a zone that the configuration does not use.
 */
export async function fault({ stockout, quota }: FaultOptions): Promise<Outcome> {
  const { zones } = (await loadConfig('local')).gcp;
  const unknown = [...stockout, ...quota].find((zone) => !zones.includes(zone));
  if (unknown)
    throw new DojangError('unknown-zone', `no zone ${unknown} in environments.local.gcp.zones`, {
      next: `name one of: ${zones.join(', ')}`,
    });
  if (stockout.length + quota.length === 0) {
    clearFaults(localFolders.gcp);
    return { data: {}, lines: ['every zone has stock again'] };
  }
  writeFaults(localFolders.gcp, { stockout, quota });
  const told = [...stockout.map((zone) => `${zone} has no T4 left`), ...quota.map((zone) => `the quota allows no T4 in ${zone}`)];
  return { data: { stockout, quota }, lines: [...told, '  dojang local fault   gives every zone stock again'] };
}
