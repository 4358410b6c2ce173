/** Finds resources whose ids Google chooses, by what we know of them: their display name. */
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { getJson } from '../api/google-api.ts';

interface Named {
  readonly name: string;
  readonly displayName?: string;
}

/**
 * The id of the resource with these inputs; undefined when there is none, or its type is not such a
 * one.
 */
export async function givenId(type: string, inputs: Properties, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const all = await candidates(type, inputs, env);
  return all.find(({ displayName }) => displayName === inputs.displayName)?.name;
}

async function candidates(type: string, inputs: Properties, env: Readonly<Record<string, string>>): Promise<readonly Named[]> {
  if (type === 'gcp:billing/budget:Budget') {
    const path = `billingAccounts/${inputs.billingAccount}/budgets?pageSize=1000`;
    const answer = await getJson(env, 'GOOGLE_BILLING_CUSTOM_ENDPOINT', 'https://billingbudgets.googleapis.com/v1/', path);
    return (answer as { readonly budgets?: readonly Named[] }).budgets ?? [];
  }
  if (type === 'gcp:monitoring/notificationChannel:NotificationChannel') {
    const path = `v3/projects/${inputs.project}/notificationChannels?pageSize=1000`;
    const answer = await getJson(env, 'GOOGLE_MONITORING_CUSTOM_ENDPOINT', 'https://monitoring.googleapis.com/', path);
    return (answer as { readonly notificationChannels?: readonly Named[] }).notificationChannels ?? [];
  }
  return [];
}
