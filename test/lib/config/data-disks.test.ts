import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataDiskName, dataVolumeId, isDataDiskName, isDataVolumeId } from '../../../lib/config/data-disks.ts';
import { namesOf } from '../../../lib/config/names.ts';

const awsSnapshot = fc.stringMatching(/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/);
const gcpSnapshot = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
const longest = namesOf({ service: 's'.repeat(20), name: 'n'.repeat(12), owner: 'o' }).gcp.dataDisk;

describe('the data volume', () => {
  it('has another logical id for each snapshot, which CloudFormation accepts', () => {
    expect(dataVolumeId(undefined)).toBe('DataVolume');
    fc.assert(
      fc.property(awsSnapshot, awsSnapshot, (one, other) => {
        expect(dataVolumeId(one)).toMatch(/^[A-Za-z0-9]{1,255}$/);
        expect(isDataVolumeId(dataVolumeId(one))).toBe(true);
        expect(dataVolumeId(one) === dataVolumeId(other)).toBe(one === other);
      }),
    );
  });

  it.each(['Host', 'DataVolumes', 'MyDataVolume', 'DataVolumeSnap', 'datavolume'])('is not %s', (id) =>
    expect(isDataVolumeId(id)).toBe(false),
  );
});

describe('the data disk', () => {
  it('has another name for each snapshot, which Google accepts, however long all names are', () => {
    expect(dataDiskName('x-ai-data', undefined)).toBe('x-ai-data');
    fc.assert(
      fc.property(gcpSnapshot, gcpSnapshot, (one, other) => {
        expect(dataDiskName(longest, one)).toMatch(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/);
        expect(isDataDiskName(longest, dataDiskName(longest, one))).toBe(true);
        expect(dataDiskName(longest, one) === dataDiskName(longest, other)).toBe(one === other);
      }),
    );
  });

  it.each(['x-ai', 'x-ai-data-daily', 'y-x-ai-data', 'x-ai-data-0123456', undefined, 7])('is not %s', (name) =>
    expect(isDataDiskName('x-ai-data', name)).toBe(false),
  );
});
