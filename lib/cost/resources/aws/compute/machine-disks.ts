/** The disks that come with an EC2 machine. */
import { isObject } from '../../../../inventory/normalise.ts';
import type { Properties } from '../../../../inventory/resource.ts';
import type { BilledResource, CostComponent, CostContext } from '../../../component.ts';
import { fixed, isNothing, times } from '../../line-items.ts';
import { type Quantity, type Reader, reader, type Unknown } from '../../property-reader.ts';
import { volumeLines } from '../storage/ebs.ts';

/**
 * Devices that images have their root disk on.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html (2026-11)
 */
const rootDevice = /^(\/dev\/)?(xvda|sda|hda)1?$|^root$/;

/** One from an image alone has the size that the image says: not known here. */
export function diskLines(resource: BilledResource, context: CostContext, read: Reader, count: Quantity): CostComponent[] {
  const { known, open } = read.knownMaps('BlockDeviceMappings');
  const disks = known.filter(({ Ebs }) => isObject(Ebs)).map((mapping) => ({ ebs: mapping.Ebs, device: nameOf(mapping) }));
  const named = disks.find(({ device }) => rootDevice.test(device));
  // A device whose name is not known yet may be the root disk.
  const root = named ?? disks.find(({ device }) => device === '?');
  const lines = disks.flatMap((disk) => {
    const { ebs, device } = disk;
    const size = reader(ebs).number('VolumeSize', { reason: `the size of ${device} is what the image says` });
    const prefix = disk === root ? 'Root disk ' : `Disk ${device} `;
    return volumeLines(resource, context, reader(ebs), { size, prefix, count });
  });
  return [...(root ? [] : [imageDisk(resource, count)]), ...lines, ...(open ? openDisks(resource, count, open) : [])];
}

/** What may come beside the disks that are known: how many and how large is not. */
function openDisks(resource: BilledResource, count: Quantity, open: Unknown): CostComponent[] {
  if (isNothing(count)) return [];
  return [fixed(resource, 'Disk (not known yet) storage', open, { unit: 'gb-month', service: 'ebs', item: 'gp3 storage' })];
}

/** The mappings of a machine are added to those of its image. */
function imageDisk(resource: BilledResource, count: Quantity): CostComponent {
  return fixed(resource, 'Root disk storage', times({ reason: 'the size of the root disk is what the image says' }, count), {
    unit: 'gb-month',
    service: 'ebs',
    item: 'gp3 storage',
  });
}

function nameOf({ DeviceName: device }: Properties): string {
  return typeof device === 'string' ? device : '?';
}
