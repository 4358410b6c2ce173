/** Tags without which a bill cannot be divided later. */

import { resourceSchema } from '../../inventory/gcp/schema.ts';
import { isObject } from '../../inventory/normalise.ts';
import type { PlannedResource, Properties } from '../../inventory/resource.ts';
import { counted, plural } from '../../values/counted.ts';
import { isOpen, reader, type Unknown } from '../resources/property-reader.ts';
import type { Finding, Policy, PolicySubject } from './policy.ts';

export const requiredTags: Policy = {
  id: 'required-tags',
  about: 'Everything that costs something and can carry tags has those of policies.requiredTags.',
  evaluate(subject, { requiredTags: required }) {
    if (required.length === 0) return undefined;
    const tagged = payingResources(subject).flatMap((resource) => {
      const tags = tagsOf(resource);
      return tags ? [{ resource, missing: required.filter((tag) => !tags.names.has(tag)), open: tags.open }] : [];
    });
    const findings = tagged.flatMap(({ resource, missing, open }) => (missing.length > 0 ? finding(resource, missing, open) : []));
    return { right: `${counted(tagged.length, 'resource has', 'resources have')} ${required.join(', ')}`, findings };
  },
};

function finding(resource: PlannedResource, missing: readonly string[], open: Unknown | undefined): Finding {
  const tags = `the ${plural(missing.length, 'tag')} ${missing.join(', ')}`;
  const it = `${resource.id} (${resource.type})`;
  if (open)
    return { level: 'warn', message: `${it} may lack ${tags}: ${open.reason}`, next: 'see that the deployment adds them', resource };
  return { level: 'fail', message: `${it} lacks ${tags}`, next: 'add them where it is declared', resource };
}

/** What has at least one line on the bill, priced or not. */
function payingResources({ cost, after }: PolicySubject): PlannedResource[] {
  const paying = new Set(
    cost.after.resources.flatMap(({ resource: { provider, stack, id, type }, lines }) =>
      lines.length > 0 ? `${provider}\n${stack}\n${type}\n${id}` : [],
    ),
  );
  return after.filter(({ cloud, stack, type, id }) => paying.has(`${cloud}\n${stack}\n${type}\n${id}`));
}

/**
 * Types of AWS that appear on a bill and take no tags, from the CloudFormation reference (2026-11).
 */
const untaggable = new Set([
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::VolumeAttachment',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  'AWS::Logs::MetricFilter',
  'AWS::Route53::RecordSet',
  'AWS::SNS::Subscription',
]);

interface Tags {
  readonly names: ReadonlySet<string>;
  /** Why there may be more of them. */
  readonly open?: Unknown | undefined;
}

/** Undefined when the type takes none, or it is not known whether it does. */
function tagsOf({ cloud, type, properties }: PlannedResource): Tags | undefined {
  if (cloud === 'gcp') {
    const { labels } = properties;
    return resourceSchema(type)?.inputs.labels && { names: new Set(Object.keys(isObject(labels) ? labels : {})) };
  }
  if (cloud !== 'aws' || untaggable.has(type)) return undefined;
  return tagsAt(properties, properties.Tags === undefined ? 'ResourceTags' : 'Tags');
}

/** CloudFormation writes tags as a list for most types and as a map for some. */
function tagsAt(properties: Properties, path: string): Tags {
  const tags = properties[path];
  if (isObject(tags) && !isOpen(tags)) return { names: new Set(Object.keys(tags)) };
  const { known, open } = reader(properties).knownMaps(path);
  return { names: new Set(known.map(({ Key }) => String(Key))), open };
}
