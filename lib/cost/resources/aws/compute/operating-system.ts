/** The operating system of a machine, whose licence is part of the price of its hours. */
import type { Json } from '../../../../inventory/resource.ts';
import type { Reader } from '../../property-reader.ts';

/** Words of images and their parameters that name a system with prices of its own. */
const systems: readonly (readonly [word: RegExp, name: string])[] = [
  [/windows.*sql|sql.*windows/i, 'Windows with SQL Server'],
  [/windows|win20\d\d/i, 'Windows'],
  [/rhel|red.?hat/i, 'RHEL'],
  [/suse|\bsles/i, 'SUSE'],
];

/**
 * As the price book names it; empty for Linux without a licence, which is also taken where nothing
 * says otherwise.
 */
export function operatingSystemOf(read: Reader): string {
  const image = textOf(read.value('ImageId')) + textOf(read.value('ImageIdAsWritten'));
  const found = /^ami-\w+$/.test(image) ? undefined : systems.find(([word]) => word.test(image))?.[1];
  return found ?? (isForWindows(textOf(read.value('UserData'))) ? 'Windows' : '');
}

/** Only user data for Windows has these. */
function isForWindows(userData: string): boolean {
  return /<powershell>|cfn-(init|signal)\.exe/i.test(userData);
}

function textOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
