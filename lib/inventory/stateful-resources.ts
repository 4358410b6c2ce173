/** What would be lost if a resource were replaced or deleted. */

export type Holding = 'data' | 'address' | 'machine';

/** Stateful resource types: their replacement or deletion needs an approval. One row a type. */
const holdings = {
  'AWS::EC2::EIP': 'address',
  'AWS::EC2::Volume': 'data',
  'AWS::S3::Bucket': 'data',
  'AWS::EC2::Instance': 'machine',
  'AWS::RDS::DBInstance': 'data',
  'AWS::RDS::DBCluster': 'data',
  'AWS::ElastiCache::ReplicationGroup': 'data',
  'AWS::EFS::FileSystem': 'data',
  'AWS::DynamoDB::Table': 'data',
  'AWS::SQS::Queue': 'data',
  'AWS::SecretsManager::Secret': 'data',
  'gcp:compute/address:Address': 'address',
  'gcp:compute/globalAddress:GlobalAddress': 'address',
  'gcp:compute/disk:Disk': 'data',
  'gcp:compute/instance:Instance': 'machine',
  'gcp:storage/bucket:Bucket': 'data',
  'gcp:secretmanager/secret:Secret': 'data',
} as const satisfies Record<string, Holding>;

/** What a resource of this type holds; undefined when it can be made again without loss. */
export function holdingOf(type: string): Holding | undefined {
  return (holdings as Record<string, Holding>)[type];
}

/** What happens to people when a resource that holds this goes. */
export const loss: Record<Holding, string> = {
  data: 'what is stored on it would be gone or left behind',
  address: 'the other cloud lets in this address, and DNS points at it',
  machine: 'the service is down until a new machine is provisioned',
};
