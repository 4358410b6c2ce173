/**
 * The scanners that are quick to install, on what the product is today. The others: npm run scan.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reasonFor } from '../../../../scripts/dev/scan/accepted.ts';
import { writeNginx } from '../../../../scripts/dev/scan/inputs.ts';
import { type ScannerName, scans } from '../../../../scripts/dev/scan/scanners.ts';
import { whileTemporaryFolder } from '../../../../scripts/io/state.ts';

const quick: readonly ScannerName[] = ['zizmor', 'gixy', 'bandit'];

it.each(quick)('%s finds nothing that has no reason', async (name) => {
  const findings = await whileTemporaryFolder((folder) => scans[name].find(folder, () => undefined));
  expect(findings.filter((finding) => reasonFor(finding) === undefined)).toEqual([]);
});

it('the nginx configuration that is scanned is whole: includes lead to files that were written', async () => {
  await whileTemporaryFolder(async (folder) => {
    for (const file of writeNginx(folder)) {
      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(new RegExp(`include ${folder}/\\w+/etc/nginx/dojang/site.conf;`));
      expect(readFileSync(join(file, '../dojang/site.conf'), 'utf8')).toMatch(/listen|include/);
    }
  });
});
