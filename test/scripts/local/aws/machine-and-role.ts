/**
 * What Systems Manager needs of the rest of AWS: a running instance, and a role for nodes
 * elsewhere.
 */
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeImagesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { awsClientConfig, type Connection } from '../../../../scripts/io/connection.ts';

export async function machineAndRole(connection: Connection): Promise<{ instanceId: string; role: string }> {
  const config = awsClientConfig(connection, 'ap-northeast-2');
  const ec2 = new EC2Client(config);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({}));
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: Images[0]?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'toy-host' }] }],
    }),
  );
  const role = 'toy-nodes';
  await new CloudFormationClient(config).send(
    new CreateStackCommand({ StackName: 'toy-role', TemplateBody: JSON.stringify(roleTemplate(role)) }),
  );
  return { instanceId: Instances[0]?.InstanceId ?? '', role };
}

function roleTemplate(RoleName: string) {
  const trust = { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [trust] };
  return { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument } } } };
}
