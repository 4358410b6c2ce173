/** Every type that the engine can price: one row each. */
import type { ResourceCostModel } from '../component.ts';
import { autoScalingGroup } from './aws/compute/auto-scaling-group.ts';
import { ec2Instance } from './aws/compute/instance.ts';
import { ecsCluster } from './aws/containers/ecs-cluster.ts';
import { ecsService } from './aws/containers/ecs-service.ts';
import { eksCluster } from './aws/containers/eks-cluster.ts';
import { dbCluster } from './aws/database/aurora.ts';
import { cacheCluster, replicationGroup } from './aws/database/elasticache.ts';
import { dbInstance } from './aws/database/rds.ts';
import { distribution } from './aws/network/cloudfront.ts';
import { elasticIp } from './aws/network/eip.ts';
import { classicLoadBalancer, loadBalancer } from './aws/network/load-balancer.ts';
import { natGateway } from './aws/network/nat-gateway.ts';
import { vpcEndpoint } from './aws/network/vpc-endpoint.ts';
import { alarm, compositeAlarm } from './aws/operations/cloudwatch.ts';
import {
  apiDeployment,
  certificate,
  functionAlias,
  functionVersion,
  groupScalingPolicy,
  scalingPolicy,
  userPoolClient,
} from './aws/operations/free-unless-set.ts';
import { kmsKey, parameter, secret } from './aws/operations/keys.ts';
import { flowLog, logGroup } from './aws/operations/logs.ts';
import { snsTopic } from './aws/operations/sns-topic.ts';
import { sqsQueue } from './aws/operations/sqs-queue.ts';
import { eventRule, scalableTarget, scheduledAction } from './aws/operations/started-work.ts';
import { backupVault } from './aws/storage/backup.ts';
import { s3Bucket } from './aws/storage/s3-bucket.ts';
import { snapshotPolicy } from './aws/storage/snapshots.ts';
import { ebsVolume } from './aws/storage/volume.ts';
import { address, globalAddress } from './gcp/address.ts';
import { disk, regionDisk, resourcePolicy, snapshot } from './gcp/disk.ts';
import { gceInstance } from './gcp/instance.ts';
import { instanceGroupManager, regionInstanceGroupManager } from './gcp/instance-group.ts';
import { forwardingRule, globalForwardingRule } from './gcp/load-balancing.ts';
import { firewall, subnetwork } from './gcp/logged.ts';
import { cloudNat } from './gcp/nat.ts';
import { gcpSecret, gcsBucket } from './gcp/storage.ts';
import { hostedModel } from './llm/model.ts';
import { runpodEndpoint } from './runpod/endpoint.ts';
import { networkVolume, pod } from './runpod/storage.ts';

const models = {
  'AWS::ApiGateway::Deployment': apiDeployment,
  'AWS::ApplicationAutoScaling::ScalingPolicy': scalingPolicy,
  'AWS::AutoScaling::AutoScalingGroup': autoScalingGroup,
  'AWS::AutoScaling::ScalingPolicy': groupScalingPolicy,
  'AWS::Backup::BackupVault': backupVault,
  'AWS::CertificateManager::Certificate': certificate,
  'AWS::CloudFront::Distribution': distribution,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
  'AWS::Cognito::UserPoolClient': userPoolClient,
  'AWS::DLM::LifecyclePolicy': snapshotPolicy,
  'AWS::EC2::EIP': elasticIp,
  'AWS::EC2::FlowLog': flowLog,
  'AWS::EC2::Instance': ec2Instance,
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::Volume': ebsVolume,
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::ECS::Cluster': ecsCluster,
  'AWS::ECS::Service': ecsService,
  'AWS::EKS::Cluster': eksCluster,
  'AWS::ElastiCache::CacheCluster': cacheCluster,
  'AWS::ElastiCache::ReplicationGroup': replicationGroup,
  'AWS::ElasticLoadBalancing::LoadBalancer': classicLoadBalancer,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::KMS::Key': kmsKey,
  'AWS::Lambda::Alias': functionAlias,
  'AWS::Events::Rule': eventRule,
  'AWS::AutoScaling::ScheduledAction': scheduledAction,
  'AWS::ApplicationAutoScaling::ScalableTarget': scalableTarget,
  'AWS::Lambda::Version': functionVersion,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::RDS::DBCluster': dbCluster,
  'AWS::RDS::DBInstance': dbInstance,
  'AWS::S3::Bucket': s3Bucket,
  'AWS::SNS::Topic': snsTopic,
  'AWS::SQS::Queue': sqsQueue,
  'AWS::SSM::Parameter': parameter,
  'AWS::SecretsManager::Secret': secret,
  'gcp:compute/address:Address': address,
  'gcp:compute/disk:Disk': disk,
  'gcp:compute/firewall:Firewall': firewall,
  'gcp:compute/forwardingRule:ForwardingRule': forwardingRule,
  'gcp:compute/globalAddress:GlobalAddress': globalAddress,
  'gcp:compute/globalForwardingRule:GlobalForwardingRule': globalForwardingRule,
  'gcp:compute/instance:Instance': gceInstance,
  'gcp:compute/instanceGroupManager:InstanceGroupManager': instanceGroupManager,
  'gcp:compute/regionDisk:RegionDisk': regionDisk,
  'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager': regionInstanceGroupManager,
  'gcp:compute/resourcePolicy:ResourcePolicy': resourcePolicy,
  'gcp:compute/routerNat:RouterNat': cloudNat,
  'gcp:compute/snapshot:Snapshot': snapshot,
  'gcp:compute/subnetwork:Subnetwork': subnetwork,
  'gcp:secretmanager/secret:Secret': gcpSecret,
  'gcp:storage/bucket:Bucket': gcsBucket,
  'llm:model/hosted:Model': hostedModel,
  'runpod:pod/pod:Pod': pod,
  'runpod:serverless/endpoint:Endpoint': runpodEndpoint,
  'runpod:storage/networkVolume:NetworkVolume': networkVolume,
} as const satisfies { readonly [T in string]: ResourceCostModel };

/** How a type is billed; undefined for a type without a model. */
export function modelOf(type: string): ResourceCostModel | undefined {
  return Object.hasOwn(models, type) ? models[type as keyof typeof models] : undefined;
}

/** All types with a model. */
export const billedTypes = Object.keys(models);
