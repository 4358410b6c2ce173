/**
 * Types that cost nothing by themselves, and why: they are named in every report, so that they are
 * not taken for forgotten.
 */
import { freeOfAws } from './free-resources-aws.ts';

const rights = 'IAM is not billed';
const networks = 'a VPC and its parts are not billed; what runs in it, addresses and traffic are';
const templates = 'a description; what is launched from it is billed';
const googleNetworks = 'a VPC network and its rules are not billed; traffic and addresses are';
const googleRights = 'IAM and Google APIs are not billed by themselves';
const settings = 'a setting of another resource, which is billed';

/** One row a type. */
const free = {
  'AWS::IAM::Role': rights,
  'AWS::IAM::Policy': rights,
  'AWS::IAM::ManagedPolicy': rights,
  'AWS::IAM::User': rights,
  'AWS::IAM::Group': rights,
  'AWS::IAM::InstanceProfile': rights,
  'AWS::IAM::ServiceLinkedRole': rights,
  'AWS::IAM::OIDCProvider': rights,
  'AWS::EC2::VPC': networks,
  'AWS::EC2::VPCCidrBlock': networks,
  'AWS::EC2::Subnet': networks,
  'AWS::EC2::InternetGateway': networks,
  'AWS::EC2::EgressOnlyInternetGateway': networks,
  'AWS::EC2::VPCGatewayAttachment': networks,
  'AWS::EC2::Route': networks,
  'AWS::EC2::RouteTable': networks,
  'AWS::EC2::SubnetRouteTableAssociation': networks,
  'AWS::EC2::NetworkAcl': networks,
  'AWS::EC2::NetworkAclEntry': networks,
  'AWS::EC2::SubnetNetworkAclAssociation': networks,
  'AWS::EC2::DHCPOptions': networks,
  'AWS::EC2::VPCDHCPOptionsAssociation': networks,
  'AWS::EC2::SecurityGroup': networks,
  'AWS::EC2::SecurityGroupIngress': networks,
  'AWS::EC2::SecurityGroupEgress': networks,
  'AWS::EC2::NetworkInterface': networks,
  'AWS::EC2::NetworkInterfaceAttachment': networks,
  'AWS::EC2::PrefixList': networks,
  'AWS::EC2::LaunchTemplate': templates,
  'AWS::EC2::KeyPair': 'key pairs are not billed',
  'AWS::EC2::PlacementGroup': 'placement groups are not billed',
  'AWS::EC2::EIPAssociation': 'the address itself is billed',
  'AWS::EC2::VolumeAttachment': 'the volume itself is billed',
  'AWS::AutoScaling::LaunchConfiguration': templates,
  'AWS::AutoScaling::LifecycleHook': settings,
  'AWS::S3::BucketPolicy': settings,
  'AWS::SQS::QueuePolicy': settings,
  'AWS::SNS::TopicPolicy': settings,
  'AWS::SNS::Subscription': 'deliveries are part of what its topic costs',
  'AWS::KMS::Alias': 'the key itself is billed',
  'AWS::SecretsManager::SecretTargetAttachment': settings,
  'AWS::SecretsManager::ResourcePolicy': settings,
  'AWS::Budgets::Budget': 'a budget without actions is free of charge',
  'AWS::RDS::DBSubnetGroup': settings,
  'AWS::RDS::DBParameterGroup': settings,
  'AWS::RDS::DBClusterParameterGroup': settings,
  'AWS::RDS::OptionGroup': settings,
  'AWS::ElastiCache::SubnetGroup': settings,
  'AWS::ElastiCache::ParameterGroup': settings,
  'AWS::ElasticLoadBalancingV2::Listener': 'the load balancer is billed',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'the load balancer is billed',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': 'the load balancer is billed',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'the load balancer is billed',
  'AWS::ECS::TaskDefinition': templates,
  'AWS::ECS::ClusterCapacityProviderAssociations': settings,
  'AWS::CloudFront::OriginAccessControl': settings,
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': settings,
  'AWS::CloudFront::CachePolicy': settings,
  'AWS::CloudFront::OriginRequestPolicy': settings,
  'AWS::CloudFront::ResponseHeadersPolicy': settings,
  'AWS::CloudFormation::WaitCondition': 'CloudFormation itself is not billed',
  'AWS::CloudFormation::WaitConditionHandle': 'CloudFormation itself is not billed',
  'AWS::CDK::Metadata': 'a record that the CDK keeps of its version',
  'AWS::Backup::BackupPlan': 'what is kept in the vault is billed',
  'AWS::Backup::BackupSelection': 'what is kept in the vault is billed',
  'AWS::SSM::Document': 'documents of Systems Manager are not billed',
  'AWS::SSM::Association': 'associations of Systems Manager on EC2 are not billed',
  'AWS::SSM::MaintenanceWindow': 'maintenance windows are not billed',
  'gcp:compute/network:Network': googleNetworks,
  'gcp:compute/route:Route': googleNetworks,
  'gcp:compute/router:Router': googleNetworks,
  'gcp:compute/attachedDisk:AttachedDisk': 'the disk itself is billed',
  'gcp:compute/diskResourcePolicyAttachment:DiskResourcePolicyAttachment': 'the snapshots that the policy makes are billed',
  'gcp:compute/instanceTemplate:InstanceTemplate': templates,
  'gcp:compute/instanceGroup:InstanceGroup': 'the machines are billed',
  'gcp:compute/healthCheck:HealthCheck': settings,
  'gcp:compute/instanceIAMMember:InstanceIAMMember': googleRights,
  'gcp:projects/service:Service': googleRights,
  'gcp:projects/iAMMember:IAMMember': googleRights,
  'gcp:projects/iAMBinding:IAMBinding': googleRights,
  'gcp:projects/iAMCustomRole:IAMCustomRole': googleRights,
  'gcp:serviceaccount/account:Account': googleRights,
  'gcp:serviceaccount/iAMMember:IAMMember': googleRights,
  'gcp:serviceaccount/iAMBinding:IAMBinding': googleRights,
  'gcp:iap/tunnelInstanceIAMMember:TunnelInstanceIAMMember': 'TCP forwarding of Identity-Aware Proxy is not billed',
  'gcp:iap/tunnelIamMember:TunnelIamMember': 'TCP forwarding of Identity-Aware Proxy is not billed',
  'gcp:secretmanager/secretIamMember:SecretIamMember': googleRights,
  'gcp:secretmanager/secretVersion:SecretVersion': 'counted with its secret',
  'gcp:storage/bucketIAMMember:BucketIAMMember': googleRights,
  'gcp:billing/budget:Budget': 'budgets are not billed',
  'gcp:monitoring/notificationChannel:NotificationChannel': 'notification channels are not billed',
  'pulumi:pulumi:Stack': 'no resource of a cloud',
  'pulumi:pulumi:StackReference': 'no resource of a cloud',
} as const satisfies Record<string, string>;

const reasons: ReadonlyMap<string, string> = new Map([...Object.entries(free), ...freeOfAws]);

/** Why a type costs nothing; undefined when it is billed or not known. */
export function freeBecause(type: string): string | undefined {
  if (type.startsWith('pulumi:providers:')) return 'no resource of a cloud';
  return reasons.get(type);
}
