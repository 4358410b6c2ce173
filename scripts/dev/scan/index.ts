/**
 * `npm run scan`, `npm run scan -- gixy bandit`: every finding with the reason why it stays; exit
 * code 1 when one has none.
 */
import { explain } from '../../../lib/errors/dojang-error.ts';
import { whileTemporaryFolder } from '../../io/state.ts';
import { reasonFor } from './accepted.ts';
import { type ScannerName, scans } from './scanners.ts';
import { selectScanners } from './select.ts';

try {
  for (const name of selectScanners(process.argv.slice(2))) await scan(name);
} catch (error) {
  process.stderr.write(`${explain(error, { verbose: true })}\n`);
  process.exitCode = 1;
}

async function scan(name: ScannerName): Promise<void> {
  const progress = (note: string) => process.stderr.write(`  ${name}: ${note}\n`);
  const findings = await whileTemporaryFolder((folder) => scans[name].find(folder, progress));
  const open = findings.filter((finding) => reasonFor(finding) === undefined);
  process.stdout.write(`${name}, ${scans[name].subject}: ${findings.length} findings, ${open.length} of them without a reason\n`);
  for (const finding of findings) {
    process.stdout.write(`  ${reasonFor(finding) ? '·' : '✗'} ${finding.rule}  ${finding.place}  ${finding.text.split('\n')[0]}\n`);
  }
  if (open.length > 0) process.exitCode = 1;
}
