/** Which scanners a call of `npm run scan` names. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type ScannerName, scans } from './scanners.ts';

const names = Object.keys(scans) as ScannerName[];

/**
 * All of them when none is named. @throws DojangError `unknown-scanner` for a name that none has:
 * nothing would be scanned, and that would look like no finding.
 */
export function selectScanners(wanted: readonly string[]): readonly ScannerName[] {
  const unknown = wanted.filter((name) => !names.some((each) => each === name));
  if (unknown.length > 0) {
    throw new DojangError('unknown-scanner', `there is no scanner ${unknown.join(', ')}`, { next: `name one of ${names.join(', ')}` });
  }
  return names.filter((name) => wanted.length === 0 || wanted.includes(name));
}
