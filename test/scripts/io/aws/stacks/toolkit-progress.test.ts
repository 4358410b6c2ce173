import { expect, it } from 'vitest';
import { noteOf } from '../../../../../scripts/io/aws/stacks/toolkit-progress.ts';

const event = { StackName: 'shop-prod-host', LogicalResourceId: 'Host', ResourceStatus: 'CREATE_IN_PROGRESS' };

it('names the stack and its current step', () => {
  expect(noteOf('CDK_TOOLKIT_I5502', { event, progress: { completed: 3, total: 17 } })).toBe(
    'shop-prod-host: 3 of 17, Host create in progress',
  );
  expect(noteOf('CDK_TOOLKIT_I5502', { event: { ...event, LogicalResourceId: 'shop-prod-host' } })).toBe(
    'shop-prod-host: create in progress',
  );
});

it("keeps the toolkit's own chatter to itself", () => {
  expect(noteOf('CDK_TOOLKIT_I5900', {})).toBeUndefined();
  expect(noteOf(undefined, undefined)).toBeUndefined();
});
