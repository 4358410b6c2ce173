/**
 * Reads what an AWS account really spent. Cost Explorer has one address for all regions; each
 * question costs 0.01 USD.
 */
import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import type { Environment } from '../../../lib/config/environment.ts';
import type { Period } from '../../../lib/ports/bills.ts';
import { awsClientConfig, type Connection } from '../connection.ts';
import { requireAccount } from './account.ts';
import { awsClients } from './clients.ts';

/** Every page of the answer, as it comes. @throws DojangError `no-credentials`, `wrong-account` */
export async function costAndUsage(environment: Environment, { from, until }: Period, connection: Connection): Promise<unknown[]> {
  await requireAccount({ environment, clients: awsClients(environment, connection) })();
  const client = new CostExplorerClient(awsClientConfig(connection, 'us-east-1'));
  const pages: unknown[] = [];
  let NextPageToken: string | undefined;
  do {
    const answer = await client.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: from, End: until },
        Granularity: 'MONTHLY',
        Metrics: ['UnblendedCost'],
        GroupBy: [
          { Type: 'DIMENSION', Key: 'SERVICE' },
          { Type: 'DIMENSION', Key: 'USAGE_TYPE' },
        ],
        // What a credit pays was spent all the same: the runway is reckoned from it.
        Filter: { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } },
        NextPageToken,
      }),
    );
    pages.push(answer);
    NextPageToken = answer.NextPageToken;
  } while (NextPageToken);
  return pages;
}
