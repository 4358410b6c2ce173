/** Ids of GCP resources as the Pulumi provider gives them, derived from the inputs. */
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';

/** Braces name inputs. Of a link or an id, only the name at its end counts. */
const patterns: Readonly<Record<string, string>> = {
  'gcp:compute/network:Network': 'projects/{project}/global/networks/{name}',
  'gcp:compute/subnetwork:Subnetwork': 'projects/{project}/regions/{region}/subnetworks/{name}',
  'gcp:compute/address:Address': 'projects/{project}/regions/{region}/addresses/{name}',
  'gcp:compute/firewall:Firewall': 'projects/{project}/global/firewalls/{name}',
  'gcp:compute/instance:Instance': 'projects/{project}/zones/{zone}/instances/{name}',
  'gcp:compute/disk:Disk': 'projects/{project}/zones/{zone}/disks/{name}',
  'gcp:compute/attachedDisk:AttachedDisk': 'projects/{project}/zones/{zone}/instances/{instance}/{disk}',
  'gcp:compute/resourcePolicy:ResourcePolicy': 'projects/{project}/regions/{region}/resourcePolicies/{name}',
  'gcp:compute/diskResourcePolicyAttachment:DiskResourcePolicyAttachment': '{project}/{zone}/{disk}/{name}',
  'gcp:compute/instanceIAMMember:InstanceIAMMember': 'projects/{project}/zones/{zone}/instances/{instanceName}/{=role}/{=member}',
  'gcp:serviceaccount/account:Account': 'projects/{project}/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com',
  'gcp:serviceaccount/iAMMember:IAMMember': '{=serviceAccountId}/{=role}/{=member}',
  'gcp:projects/iAMMember:IAMMember': '{project}/{=role}/{=member}',
  'gcp:projects/service:Service': '{project}/{service}',
  'gcp:iap/tunnelInstanceIAMMember:TunnelInstanceIAMMember':
    'projects/{project}/iap_tunnel/zones/{zone}/instances/{instance}/{=role}/{=member}',
};

/**
 * The id of a resource of this type with these inputs.
 * Undefined when the cloud itself chooses it (budgets, notification channels), for a type we don't
 * know, and when an input is missing.
 */
export function idOf(type: string, inputs: Properties): string | undefined {
  const missing: string[] = [];
  const id = patterns[type]?.replaceAll(/\{(=?)(\w+)\}/g, (_, whole: string, name: string) => {
    const value = inputs[name];
    if (value === undefined) missing.push(name);
    return whole ? String(value) : lastPart(value);
  });
  return missing.length > 0 ? undefined : id;
}

/** `data` of `projects/p/zones/z/disks/data`. */
export function lastPart(value: Json | undefined): string {
  return String(value).split('/').at(-1) ?? '';
}
