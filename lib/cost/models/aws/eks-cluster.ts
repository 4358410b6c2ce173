/** The control plane of a Kubernetes cluster. */
import type { CostModel } from '../../component.ts';
import { hoursAMonth } from '../../exact.ts';
import { fixed } from '../parts.ts';

export const eksCluster: CostModel = {
  type: 'AWS::EKS::Cluster',
  components: (resource) => [
    fixed(resource, 'Control plane', hoursAMonth, { unit: 'hour', service: 'eks', item: 'cluster, standard support' }),
  ],
};
