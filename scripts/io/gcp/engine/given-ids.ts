/** Finds resources whose ids Google chooses, by what we know of them: their display name. */
import type { Properties } from '../../../../lib/inventory/resource.ts';
import type { Connection } from '../../connection.ts';
import { getJson } from '../api/google-api.ts';

interface Named {
  readonly name: string;
  readonly displayName?: string;
}

/**
 * The id of the resource with these inputs; undefined when there is none, or its type is not such a
 * one.
 */
export async function givenId(type: string, inputs: Properties, connection: Connection): Promise<string | undefined> {
  const all = await candidates(type, inputs, connection);
  return all.find(({ displayName }) => displayName === inputs.displayName)?.name;
}

async function candidates(type: string, inputs: Properties, connection: Connection): Promise<readonly Named[]> {
  if (type === 'gcp:billing/budget:Budget') {
    const path = `billingAccounts/${inputs.billingAccount}/budgets?pageSize=1000`;
    const answer = await getJson(connection, 'billingbudgets', 'https://billingbudgets.googleapis.com/v1/', path);
    return (answer as { readonly budgets?: readonly Named[] }).budgets ?? [];
  }
  if (type === 'gcp:monitoring/notificationChannel:NotificationChannel') {
    const path = `v3/projects/${inputs.project}/notificationChannels?pageSize=1000`;
    const answer = await getJson(connection, 'monitoring', 'https://monitoring.googleapis.com/', path);
    return (answer as { readonly notificationChannels?: readonly Named[] }).notificationChannels ?? [];
  }
  return [];
}
