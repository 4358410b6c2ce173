/** Tags without which a bill cannot be divided later. */

import { resourceSchema } from '../../inventory/gcp/schema.ts';
import { isObject } from '../../inventory/normalise.ts';
import type { Json, PlannedResource } from '../../inventory/resource.ts';
import { counted } from '../../values/counted.ts';
import { at, list } from '../resources/property-reader.ts';
import type { Finding, Policy, PolicySubject } from './policy.ts';

export const requiredTags: Policy = {
  id: 'required-tags',
  about: 'Everything that costs something and can carry tags has those of policies.requiredTags.',
  judge(subject, { requiredTags: required }) {
    if (required.length === 0) return undefined;
    const tagged = payingResources(subject).flatMap((resource) => {
      const tags = tagsOf(resource);
      return tags ? [{ resource, missing: required.filter((tag) => !tags.has(tag)) }] : [];
    });
    const findings = tagged.flatMap(({ resource, missing }) => (missing.length > 0 ? finding(resource, missing) : []));
    return { right: `${counted(tagged.length, 'resource has', 'resources have')} ${required.join(', ')}`, findings };
  },
};

function finding(resource: PlannedResource, missing: readonly string[]): Finding {
  const message = `${resource.id} (${resource.type}) lacks the ${missing.length === 1 ? 'tag' : 'tags'} ${missing.join(', ')}`;
  return { level: 'fail', message, next: 'add them where it is declared', resource };
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

/** Types of AWS that appear on a bill and take no tags, from the CloudFormation reference (2026-11). */
const untaggable = new Set([
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::VolumeAttachment',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  'AWS::Logs::MetricFilter',
  'AWS::Route53::RecordSet',
  'AWS::SNS::Subscription',
]);

/** Names of the tags; undefined when the type takes none, or it is not known whether it does. */
function tagsOf({ cloud, type, properties }: PlannedResource): ReadonlySet<string> | undefined {
  if (cloud === 'gcp')
    return resourceSchema(type)?.inputs.labels && new Set(Object.keys(isObject(properties.labels) ? properties.labels : {}));
  if (cloud !== 'aws' || untaggable.has(type)) return undefined;
  return namesIn(properties.Tags ?? properties.ResourceTags ?? []);
}

/** CloudFormation writes tags as a list for most types and as a map for some. */
function namesIn(tags: Json): ReadonlySet<string> {
  if (isObject(tags)) return new Set(Object.keys(tags));
  return new Set(list(tags).map((tag) => String(at(tag, 'Key'))));
}
