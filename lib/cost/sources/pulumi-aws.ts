/**
 * Resources of Pulumi's AWS package, said in the words of CloudFormation: the cost models know only
 * these.
 */
import { isObject } from '../../inventory/normalise.ts';
import type { Json, Properties } from '../../inventory/resource.ts';
import { isOpen } from '../resources/property-reader.ts';

interface Translation {
  readonly type: string;
  /** Properties that are called otherwise than with a capital letter. */
  readonly properties?: (inputs: Properties) => Properties;
}

const same = (type: string): Translation => ({ type });

/** One row a type. */
const translations: Readonly<Record<string, Translation | undefined>> = {
  'aws:ec2/instance:Instance': { type: 'AWS::EC2::Instance', properties: instance },
  'aws:ebs/volume:Volume': { type: 'AWS::EC2::Volume', properties: ({ type }) => renamed({ VolumeType: type }) },
  'aws:ec2/eip:Eip': same('AWS::EC2::EIP'),
  'aws:ec2/natGateway:NatGateway': same('AWS::EC2::NatGateway'),
  'aws:lb/loadBalancer:LoadBalancer': { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', properties: balancer },
  'aws:rds/instance:Instance': {
    type: 'AWS::RDS::DBInstance',
    properties: ({ instanceClass, multiAz }) => renamed({ DBInstanceClass: instanceClass, MultiAZ: multiAz }),
  },
  'aws:elasticache/replicationGroup:ReplicationGroup': {
    type: 'AWS::ElastiCache::ReplicationGroup',
    properties: ({ nodeType }) => renamed({ CacheNodeType: nodeType }),
  },
  'aws:elasticache/cluster:Cluster': {
    type: 'AWS::ElastiCache::CacheCluster',
    properties: ({ nodeType }) => renamed({ CacheNodeType: nodeType }),
  },
  'aws:s3/bucket:Bucket': same('AWS::S3::Bucket'),
  'aws:s3/bucketV2:BucketV2': same('AWS::S3::Bucket'),
  'aws:sqs/queue:Queue': same('AWS::SQS::Queue'),
  'aws:sns/topic:Topic': same('AWS::SNS::Topic'),
  'aws:cloudwatch/logGroup:LogGroup': same('AWS::Logs::LogGroup'),
  'aws:cloudwatch/metricAlarm:MetricAlarm': same('AWS::CloudWatch::Alarm'),
  'aws:secretsmanager/secret:Secret': same('AWS::SecretsManager::Secret'),
  'aws:kms/key:Key': same('AWS::KMS::Key'),
  'aws:ssm/parameter:Parameter': same('AWS::SSM::Parameter'),
  'aws:cloudfront/distribution:Distribution': same('AWS::CloudFront::Distribution'),
  'aws:eks/cluster:Cluster': same('AWS::EKS::Cluster'),
  'aws:ec2/vpc:Vpc': same('AWS::EC2::VPC'),
  'aws:ec2/subnet:Subnet': same('AWS::EC2::Subnet'),
  'aws:ec2/securityGroup:SecurityGroup': same('AWS::EC2::SecurityGroup'),
  'aws:ec2/internetGateway:InternetGateway': same('AWS::EC2::InternetGateway'),
  'aws:ec2/routeTable:RouteTable': same('AWS::EC2::RouteTable'),
  'aws:ec2/routeTableAssociation:RouteTableAssociation': same('AWS::EC2::SubnetRouteTableAssociation'),
  'aws:iam/role:Role': same('AWS::IAM::Role'),
  'aws:iam/policy:Policy': same('AWS::IAM::ManagedPolicy'),
  'aws:iam/rolePolicy:RolePolicy': same('AWS::IAM::Policy'),
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': same('AWS::IAM::Policy'),
  'aws:iam/instanceProfile:InstanceProfile': same('AWS::IAM::InstanceProfile'),
};

/** A type that has no row keeps its name, and is then reported as unsupported. */
export function asCloudFormation(type: string, inputs: Properties): { readonly type: string; readonly properties: Properties } {
  const translation = translations[type];
  if (!translation) return { type, properties: inputs };
  return { type: translation.type, properties: { ...capitalised(inputs), ...translation.properties?.(inputs) } };
}

function capitalised(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`${key.slice(0, 1).toUpperCase()}${key.slice(1)}`, value]));
}

/** Without what is not there: a property that is missing has a default. */
function renamed(properties: Readonly<Record<string, Json | undefined>>): Properties {
  return Object.fromEntries(Object.entries(properties).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function instance({ rootBlockDevice, ebsBlockDevices, associatePublicIpAddress }: Properties): Properties {
  const root = Array.isArray(rootBlockDevice) ? rootBlockDevice[0] : rootBlockDevice;
  const nics = associatePublicIpAddress === undefined ? undefined : [{ AssociatePublicIpAddress: associatePublicIpAddress }];
  const others = listed(ebsBlockDevices);
  // The root disk comes first; one that is not described has the size that the image says.
  const disks = [{ DeviceName: 'root', Ebs: isObject(root) ? diskSettings(root) : {} }, ...others.map(disk)];
  return renamed({ NetworkInterfaces: nics, BlockDeviceMappings: isObject(root) || others.length > 0 ? disks : undefined });
}

/** Members of a list; one that is open as a whole is a member that is. */
function listed(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value !== undefined && isOpen(value) ? [value] : [];
}

/** One that is open stays so: its size is then not that of the image. */
function diskSettings(root: Properties): Properties {
  return isOpen(root) ? root : capitalised(root);
}

function disk(device: Json): Json {
  return isObject(device) && !isOpen(device) ? mapping(device) : device;
}

function mapping({ deviceName = '?', ...ebs }: Properties): Json {
  return { DeviceName: deviceName, Ebs: capitalised(ebs) };
}

function balancer({ loadBalancerType, internal, subnetMappings }: Properties): Properties {
  const scheme = internal === true ? 'internal' : 'internet-facing';
  const isKnown = internal === undefined || internal === null || typeof internal === 'boolean';
  const mappings = Array.isArray(subnetMappings)
    ? subnetMappings.map((each) => (isObject(each) && !isOpen(each) ? capitalised(each) : each))
    : undefined;
  return renamed({ Type: loadBalancerType, Scheme: isKnown ? scheme : { ref: 'internal' }, SubnetMappings: mappings });
}
