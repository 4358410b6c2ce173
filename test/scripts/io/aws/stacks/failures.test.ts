import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../../../scripts/io/aws/stacks/failures.ts';

const event = (LogicalResourceId: string, ResourceStatus: string, ResourceStatusReason?: string, ResourceType = 'AWS::EC2::Volume') => ({
  StackId: 'id',
  EventId: LogicalResourceId,
  StackName: 'shop-prod-host',
  Timestamp: new Date(),
  LogicalResourceId,
  ResourceStatus: ResourceStatus as 'CREATE_FAILED',
  ResourceStatusReason,
  ResourceType,
});

describe('a failed deployment', () => {
  // Newest first, as CloudFormation lists them.
  const events = [
    event('shop-prod-host', 'ROLLBACK_COMPLETE', undefined, 'AWS::CloudFormation::Stack'),
    event('Alarm', 'CREATE_FAILED', 'Resource creation cancelled'),
    event('Data', 'CREATE_FAILED', 'The maximum size of a volume is 16384 GiB.'),
    event('Network', 'CREATE_COMPLETE'),
  ];

  it('names the resource that failed first and what CloudFormation said, not what was cancelled because of it', () => {
    const error = describeFailure('deploy', 'prod', events, new Error('deployment failed'));
    expect(error.message).toBe('shop-prod-host: Data (AWS::EC2::Volume) failed: The maximum size of a volume is 16384 GiB');
    expect(error.code).toBe('deploy-failed');
  });

  it('reports the status of the stack and the next command', () => {
    const error = describeFailure('deploy', 'prod', events, new Error('deployment failed'));
    expect(error.why).toContain('ROLLBACK_COMPLETE');
    expect(error.next).toContain('dojang up --env prod');
  });

  it('falls back to what was thrown when there is no event', () => {
    const error = describeFailure('destroy', 'prod', [], new Error('stack is gone.\n at somewhere'));
    expect(error.message).toBe('stack is gone');
    expect(error.next).toContain('dojang down --env prod');
  });
});
