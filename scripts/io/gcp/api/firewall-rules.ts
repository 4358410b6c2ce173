/**
 * What firewalls really allow on a network, no matter who made them, read and removed through the
 * Compute API.
 */
import type { compute_v1 } from '@googleapis/compute';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { ActualRule } from '../../../../lib/wiring/rule.ts';
import type { Connection } from '../../connection.ts';
import { nextFor } from '../engine/failures.ts';
import { computeClient } from './google-api.ts';
import { isSame, rulesIn, splitName, without } from './rule-mapping.ts';

type Firewall = compute_v1.Schema$Firewall;
type Operation = compute_v1.Schema$Operation;

/**
 * Every enabled rule that allows something on the network of this name; empty when it does not
 * exist.
 */
export async function rulesOf(project: string, network: string, connection: Connection): Promise<ActualRule[]> {
  const { firewalls } = await computeClient(connection);
  const found: Firewall[] = [];
  let pageToken: string | undefined;
  do {
    const { data } = await firewalls.list({ project, ...(pageToken && { pageToken }) });
    found.push(...(data.items ?? []));
    pageToken = data.nextPageToken ?? undefined;
  } while (pageToken);
  return found.filter((firewall) => firewall.network?.endsWith(`/networks/${network}`)).flatMap(rulesIn);
}

/**
 * Takes one rule away: its firewall is deleted when it allows nothing else, and narrowed otherwise.
 * Gone already is no fault.
 */
export async function revokeRule(project: string, rule: ActualRule, connection: Connection): Promise<void> {
  const compute = await computeClient(connection);
  // Its firewall may have been split by an earlier call.
  const places = [rule.handle, splitName(rule.handle, rule.peer)];
  const found = await Promise.all(places.map((name) => find(compute, project, name)));
  const firewall = found.find((one) => one && rulesIn(one).some((other) => isSame(other, rule)));
  if (!firewall) return;
  const [narrowed, ...others] = without(firewall, rule);
  // What else the firewall allowed is allowed again before the firewall is narrowed: no moment
  // without it.
  for (const requestBody of others) await done(compute, project, await compute.firewalls.insert({ project, requestBody }));
  const at = { project, firewall: firewall.name ?? '' };
  if (narrowed) await done(compute, project, await compute.firewalls.patch({ ...at, requestBody: narrowed }));
  else await done(compute, project, await compute.firewalls.delete(at));
}

async function find(compute: compute_v1.Compute, project: string, firewall: string): Promise<Firewall | undefined> {
  try {
    return (await compute.firewalls.get({ project, firewall })).data;
  } catch (error) {
    if ((error as { readonly status?: number }).status === 404) return undefined;
    throw error;
  }
}

/**
 * Waits for an operation of the API to end. @throws DojangError `gcp-failed` with Google's words.
 */
async function done(compute: compute_v1.Compute, project: string, answer: { readonly data: Operation }): Promise<void> {
  let operation = answer.data;
  while (operation.status !== 'DONE') {
    operation = (await compute.globalOperations.wait({ project, operation: operation.name ?? '' })).data;
  }
  const fault = operation.error?.errors?.[0];
  if (fault) throw new DojangError('gcp-failed', `GCP: ${fault.message ?? fault.code}`, { next: nextFor(fault.message ?? '') });
}
