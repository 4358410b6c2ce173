/**
 * What scanners print becomes findings in one form, and each that stays has a reason that people
 * can read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { accepted, reasonFor } from '../../../../scripts/dev/scan/accepted.ts';
import { readers } from '../../../../scripts/dev/scan/findings.ts';
import { root } from '../../../../scripts/io/state.ts';

it.each([
  [
    readers.zizmor,
    [
      {
        ident: 'unpinned-uses',
        desc: 'unpinned',
        locations: [{ symbolic: { key: { Local: { verbatim_path: '.github/workflows/ci.yml' } } } }],
      },
    ],
    { scanner: 'zizmor', rule: 'unpinned-uses', place: '.github/workflows/ci.yml', text: 'unpinned' },
  ],
  [
    readers.checkov,
    {
      results: {
        failed_checks: [
          { check_id: 'CKV_AWS_18', check_name: 'logging', file_path: '/a.template.json', resource: 'AWS::S3::Bucket.Artifacts' },
        ],
      },
    },
    { scanner: 'checkov', rule: 'CKV_AWS_18', place: 'a.template.json AWS::S3::Bucket.Artifacts', text: 'logging' },
  ],
  [
    readers.cfnLint,
    [{ Rule: { Id: 'W3010' }, Message: 'zone', Filename: 'a.template.json' }],
    { scanner: 'cfn-lint', rule: 'W3010', place: 'a.template.json', text: 'zone' },
  ],
  [
    readers.gixy,
    [{ plugin: 'hsts_header', summary: 'HSTS', file: 'gcp/site.conf', path: 'gcp/nginx.conf' }],
    { scanner: 'gixy', rule: 'hsts_header', place: 'gcp/site.conf', text: 'HSTS' },
  ],
  [
    readers.bandit,
    { results: [{ test_id: 'B404', issue_text: 'subprocess', filename: 'apps/ai/dojang_ai/gpu.py' }] },
    { scanner: 'bandit', rule: 'B404', place: 'apps/ai/dojang_ai/gpu.py', text: 'subprocess' },
  ],
])('%o', (read, printed, finding) => {
  expect(read(JSON.stringify(printed))).toEqual([finding]);
  expect(reasonFor({ ...finding, place: 'elsewhere' })).toBeUndefined();
});

it('checkov with nothing to look at is no finding', () => {
  expect(readers.checkov('{"passed": 0, "failed": 0}')).toEqual([]);
  expect(readers.checkov('[]')).toEqual([]);
});

it('docs/security.md has the reason of every finding that stays', () => {
  const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  for (const { scanner, rule, reason } of accepted) {
    expect(rows.find((row) => row[1] === scanner && row[2] === rule)?.[4], `${scanner} ${rule}`).toBe(reason);
  }
});
