import { describe, expect, it } from 'vitest';
import { prod } from './environments.ts';
import { synthesised, type Template, templatesOf } from './synthesised.ts';

const templates = templatesOf(prod);
const { addresses, network, host } = templates as Record<'addresses' | 'network' | 'host', Template>;
const resources = Object.values(templates).flatMap((template) => Object.entries(template.Resources));

describe('the layers', () => {
  it('stand in the configured account and region, protected, and depend on the ones below', () => {
    const stacks = synthesised(prod, (assembly) =>
      assembly.stacks.map((stack) => ({
        name: stack.stackName,
        where: stack.environment.name,
        terminationProtection: stack.terminationProtection,
        tags: stack.tags,
        below: stack.dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
      })),
    );
    const where = 'aws://123456789012/ap-northeast-2';
    const tags = { service: 'dojang', environment: 'prod', owner: 'platform', 'managed-by': 'dojang' };
    const common = { where, terminationProtection: true, tags };
    expect(stacks).toEqual([
      { ...common, name: 'dojang-prod-addresses', below: [] },
      { ...common, name: 'dojang-prod-network', below: [] },
      { ...common, name: 'dojang-prod-host', below: ['dojang-prod-network', 'dojang-prod-addresses'] },
    ]);
  });

  it('export what the other stacks and commands read, by these names', () => {
    const outputsOf = (template: Template) => Object.keys(template.Outputs).filter((name) => !name.startsWith('Export'));
    expect(outputsOf(addresses)).toEqual(['Address', 'AddressAllocationId', 'ArtifactBucket', 'DataVolumeId', 'AiNodeRole', 'AlarmTopic']);
    expect(outputsOf(network)).toEqual(['VpcId', 'SubnetId', 'HostGroupId']);
    expect(outputsOf(host)).toEqual(['InstanceId']);
  });

  it('keep address, releases and data when a stack or a resource goes, but leave no orphan of a failed first creation', () => {
    for (const id of ['Address', 'Artifacts', 'DataVolume']) {
      expect(addresses.Resources[id]).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('hold no function, launch template or custom resource', () => {
    const types = resources.map(([, { Type }]) => Type);
    expect(types.filter((type) => /Lambda|LaunchTemplate|Custom/.test(type))).toEqual([]);
  });

  it('tag all that can be tagged', () => {
    const untaggable = ['BucketPolicy', 'Policy', 'InstanceProfile', 'TopicPolicy', 'Subscription', 'VolumeAttachment', 'EIPAssociation'];
    untaggable.push('SubnetRouteTableAssociation', 'Route', 'VPCGatewayAttachment', 'SecurityGroupIngress', 'SecurityGroupEgress');
    const withoutOwner = resources.filter(([, { Type, Properties }]) => {
      return !untaggable.includes(Type.replace(/.*::/, '')) && !JSON.stringify(Properties).includes('{"Key":"owner","Value":"platform"}');
    });
    expect(withoutOwner.map(([id]) => id)).toEqual([]);
  });

  it('keep what watches over the environment out of the stack that goes when the machine is replaced', () => {
    const outliving = ['AWS::SNS::Topic', 'AWS::SNS::Subscription', 'AWS::SNS::TopicPolicy', 'AWS::KMS::Key', 'AWS::DLM::LifecyclePolicy'];
    const typesIn = ({ Resources }: Template) => Object.values(Resources).map(({ Type }) => Type);
    expect(typesIn(addresses)).toEqual(expect.arrayContaining(outliving));
    expect(typesIn(host).filter((type) => outliving.includes(type))).toEqual([]);
    const actions = Object.values(host.Resources).flatMap(({ Properties }) => Properties.AlarmActions ?? []);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) {
      expect(JSON.stringify(action)).toMatch(/Fn::ImportValue.*dojang-prod-addresses:ExportsOutputRefAlarmTopic/);
    }
  });

  it('take snapshots of the data volume by its tag, and of nothing else', () => {
    const tag = { Key: 'snapshots', Value: 'dojang-prod-data' };
    const tagged = resources.filter(([, { Properties }]) => JSON.stringify(Properties.Tags ?? []).includes(JSON.stringify(tag)));
    expect(tagged.map(([id]) => id)).toEqual(['DataVolume']);
    const policy = Object.values(addresses.Resources).find(({ Type }) => Type === 'AWS::DLM::LifecyclePolicy');
    expect(policy?.Properties.PolicyDetails).toMatchObject({ TargetTags: [tag] });
  });
});
