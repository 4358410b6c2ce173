import { expect, it } from 'vitest';
import type { CheckResult } from '../../../lib/doctor/check.ts';
import { checksOf } from '../../../lib/doctor/checks.ts';
import { reportLines } from '../../../lib/doctor/report.ts';
import { addresses, local, prod } from './subject.ts';

const passed: CheckResult = { id: 'a', from: 'aws', title: 'swap of 4 GiB is on', state: 'ok', detail: '' };

it('groups by where it was tried from and ends with the count', () => {
  expect(reportLines([passed, { ...passed, from: 'external', title: 'reaches 80', detail: 'at once' }])).toEqual([
    'from the aws host',
    '  ✓ swap of 4 GiB is on',
    '',
    'from the internet',
    '  ✓ reaches 80   at once',
    '',
    'doctor: 2 checks, all passed',
  ]);
});

it('shows a warning with what to do next, and counts it apart', () => {
  const yellow: CheckResult = {
    ...passed,
    from: 'operator',
    title: 'alarms reach ops',
    state: 'warning',
    detail: 'pending',
    next: 'confirm it',
  };
  expect(reportLines([passed, yellow]).slice(3)).toEqual([
    'from here',
    '  ! alarms reach ops   pending',
    '      Next: confirm it',
    '',
    'doctor: 2 checks, all passed, 1 warning',
  ]);
});

it('says what to do next, gives long details a line of their own, and counts what was not tried', () => {
  const detail = 'a long story of why this went wrong and how it came to that, beyond any terminal';
  const red: CheckResult = { ...passed, state: 'failed', detail, next: 'dojang provision --env prod' };
  expect(reportLines([red, { ...passed, state: 'untried' }, passed])).toEqual([
    'from the aws host',
    '  ✗ swap of 4 GiB is on',
    `      ${detail}`,
    '      Next: dojang provision --env prod',
    '  ✓ swap of 4 GiB is on',
    '  · 1 more not tried',
    '',
    'doctor: 1 of 3 failed, 1 not tried',
  ]);
});

it.each([local, prod])('leaves room beside every title for a short detail, so that a report keeps its columns', (environment) => {
  const { hosts, external } = checksOf(environment, addresses);
  for (const { title } of [...hosts.aws, ...hosts.gcp, ...external]) expect(title.length, title).toBeLessThanOrEqual(54);
});
