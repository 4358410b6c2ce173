/** A volume of Amazon EBS. */
import type { CostModel } from '../../component.ts';
import { notGiven, properties } from '../read.ts';
import { volumeLines } from './ebs.ts';

export const ebsVolume: CostModel = {
  type: 'AWS::EC2::Volume',
  components(resource) {
    const read = properties(resource);
    const size = read.number('Size', {
      because: read.has('SnapshotId') ? 'its size is that of the snapshot it is made from' : notGiven('Size').because,
    });
    return volumeLines(resource, read, { size });
  },
};
