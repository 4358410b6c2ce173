/** Systems whose licence Google bills beside the machine. */
import { isObject } from '../../../inventory/normalise.ts';
import type { BilledResource, CostComponent } from '../../component.ts';
import { fixed } from '../line-items.ts';
import { isUnknown, type Quantity, type Reader } from '../property-reader.ts';

/**
 * Projects and families of images with a licence.
 * https://cloud.google.com/compute/disks-image-pricing#premiumimages (2026-11)
 */
const licensed: readonly (readonly [image: RegExp, name: string])[] = [
  [/windows-sql-cloud|sql-(enterprise|standard|web)/, 'SQL Server on Windows Server'],
  [/windows-cloud|windows-server/, 'Windows Server'],
  [/rhel-sap/, 'RHEL for SAP'],
  [/rhel/, 'RHEL'],
  [/suse-sap|sles.*sap/, 'SLES for SAP'],
  [/suse-cloud|sles/, 'SLES'],
  [/ubuntu-os-pro/, 'Ubuntu Pro'],
];

/** No line for an image without a licence, and none for a disk that exists already. */
export function licenceLines(resource: BilledResource, read: Reader, hours: Quantity): CostComponent[] {
  const disks = read.list('disks');
  if (isUnknown(disks)) return [fixed(resource, 'Licence', disks, { unit: 'hour', service: 'compute', item: disks })];
  const images = [read.value('bootDisk.initializeParams.image'), ...disks.map((disk) => (isObject(disk) ? disk.sourceImage : undefined))];
  const named = images.flatMap((image) => (image === undefined ? [] : JSON.stringify(image)));
  const name = licensed.find(([pattern]) => named.some((image) => pattern.test(image)))?.[1];
  return name === undefined ? [] : [fixed(resource, 'Licence', hours, { unit: 'hour', service: 'compute', item: `licence of ${name}` })];
}
