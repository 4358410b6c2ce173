import { expect, it } from 'vitest';
import { afterDeployment, isUnknown, reader, unknownProperty } from '../../../../lib/cost/resources/property-reader.ts';
import type { Json } from '../../../../lib/inventory/resource.ts';

const quantity = (Size: Json) => reader({ Size }).number('Size', { reason: 'missing' });

it('a property that cannot be chosen says why', () => {
  expect(quantity(unknownProperty({ reason: 'no class is large enough' }))).toEqual({ reason: 'no class is large enough' });
});

it('a property of a template that happens to have a reason is no reason of ours', () => {
  const read = quantity({ reason: 'any text' });
  expect(isUnknown(read) && read.reason).toMatch(/^Size is \{"reason":"any text"\}/);
});

it('what is known only after the deployment says so', () => {
  expect(quantity(afterDeployment)).toEqual({ reason: 'Size is known only after the deployment' });
});
