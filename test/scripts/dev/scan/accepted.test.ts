/**
 * A reason is about the places that it names; a scanner that does not exist finds nothing, which is
 * no answer.
 */
import { expect, it } from 'vitest';
import { reasonFor } from '../../../../scripts/dev/scan/accepted.ts';
import { selectScanners } from '../../../../scripts/dev/scan/select.ts';

const finding = (scanner: string, rule: string, place: string) => ({ scanner, rule, place, text: '' });

it.each([
  ['bandit', 'B603', 'apps/ai/dojang_ai/processes.py', 'apps/ai/dojang_ai/readers/shell.py'],
  ['bandit', 'B404', 'apps/ai/dojang_ai/gpu.py', 'apps/ai/dojang_ai/app.py'],
  ['cfn-lint', 'W3010', 'dojang-prod-host.template.json', 'dojang-prod-queue.template.json'],
])('%s %s: the reason holds for %s and not for %s', (scanner, rule, known, other) => {
  expect(reasonFor(finding(scanner, rule, known))).toMatch(/\.$/);
  expect(reasonFor(finding(scanner, rule, other))).toBeUndefined();
});

it('refuses a scanner that does not exist, beside one that does too', () => {
  for (const names of [['zizmr'], ['zizmor', 'banditt']]) {
    expect(() => selectScanners(names)).toThrow(expect.objectContaining({ code: 'unknown-scanner' }));
  }
  expect(selectScanners(['bandit', 'gixy'])).toEqual(['gixy', 'bandit']);
  expect(selectScanners([])).toEqual(['zizmor', 'cfn-lint', 'checkov', 'gixy', 'bandit']);
});
