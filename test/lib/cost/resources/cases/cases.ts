/** Every case of every model. */
import { awsComputeCases } from './aws-compute.ts';
import { awsDataCases } from './aws-data.ts';
import { awsDatabaseCases } from './aws-databases.ts';
import { awsFreeUnlessSetCases } from './aws-free-unless-set.ts';
import { awsMarketCases } from './aws-market.ts';
import { awsNetworkCases } from './aws-network.ts';
import { awsOperationsCases } from './aws-operations.ts';
import { awsStartedWorkCases } from './aws-started-work.ts';
import { awsTaskCases } from './aws-tasks.ts';
import { awsUnreadCases } from './aws-unread.ts';
import { awsUsageCases } from './aws-usage.ts';
import type { Case } from './case.ts';
import { gcpCases } from './gcp.ts';
import { gcpUsageCases } from './gcp-usage.ts';
import { otherCases } from './other.ts';
import { unpricedCases } from './unpriced.ts';

export const cases: readonly Case[] = [
  ...awsComputeCases,
  ...awsMarketCases,
  ...awsTaskCases,
  ...awsNetworkCases,
  ...awsDataCases,
  ...awsOperationsCases,
  ...awsUsageCases,
  ...awsDatabaseCases,
  ...awsUnreadCases,
  ...awsFreeUnlessSetCases,
  ...awsStartedWorkCases,
  ...gcpCases,
  ...gcpUsageCases,
  ...otherCases,
  ...unpricedCases,
];
