/** Disks that a machine brings with it. */
import { isObject } from '../../../inventory/normalise.ts';
import type { BilledResource, CostComponent } from '../../component.ts';
import { fixed, isSome, times } from '../line-items.ts';
import { isUnknown, type Quantity, type Reader, reader } from '../property-reader.ts';
import { localSsdGb } from './shapes.ts';

export function bootDiskLines(resource: BilledResource, read: Reader, count: Quantity): CostComponent[] {
  const local = times(localSsdGb, times(read.length('scratchDisks'), count));
  return [
    ...bootDisks(resource, read, count),
    ...(isSome(local) ? [fixed(resource, 'Local SSD', local, { unit: 'gb-month', service: 'disk', item: 'local SSD' })] : []),
  ];
}

/**
 * A machine has `bootDisk`, a template a list of `disks`. A disk that exists already is billed
 * where it is made.
 */
function bootDisks(resource: BilledResource, read: Reader, count: Quantity): CostComponent[] {
  if (read.has('bootDisk.source')) return [];
  if (read.has('bootDisk.initializeParams')) {
    return [
      diskLine(
        resource,
        'Boot disk',
        read.text('bootDisk.initializeParams.type', 'pd-standard'),
        read.number('bootDisk.initializeParams.size', ofImage),
        count,
      ),
    ];
  }
  const disks = read.list('disks');
  if (isUnknown(disks)) return [diskLine(resource, 'Boot disk', 'pd-standard', disks, count)];
  const made = disks.filter((disk) => isObject(disk) && disk.source === undefined);
  if (made.length === 0) return [diskLine(resource, 'Boot disk', 'pd-standard', ofImage, count)];
  return made.map((disk, index) => {
    const { text, number } = reader(disk);
    const name = index === 0 ? 'Boot disk' : `Disk ${index + 1}`;
    return diskLine(resource, name, text('diskType', 'pd-standard'), number('diskSizeGb', ofImage), count);
  });
}

const ofImage = { reason: 'the size of the boot disk is what the image says' };

function diskLine(
  resource: BilledResource,
  name: string,
  type: ReturnType<Reader['text']>,
  size: Quantity,
  count: Quantity,
): CostComponent {
  const item = isUnknown(type) ? type : (type.split('/').at(-1) ?? type);
  return fixed(resource, name, times(size, count), { unit: 'gb-month', service: 'disk', item });
}
