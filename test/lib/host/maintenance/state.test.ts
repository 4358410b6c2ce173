import { describe, expect, it } from 'vitest';
import { maintenancePage, maintenanceProblem } from '../../../../lib/host/maintenance/page.ts';
import { maintenanceState, maintenanceText } from '../../../../lib/host/maintenance/state.ts';

describe('what the host prints', () => {
  it.each([
    ['off\n', { on: false }, 'off'],
    ['on\n', { on: true }, 'on'],
    [
      'on\nsince\t2026-11-28T14:32:00Z\nby\tkim on laptop\nreason\ta larger disk\n',
      { on: true, since: '2026-11-28T14:32:00Z', by: 'kim on laptop', reason: 'a larger disk' },
      'on since 2026-11-28T14:32:00Z, by kim on laptop: a larger disk',
    ],
    ['on\nsince\t2026-11-28T14:32:00Z\nby\t\nreason\t\n', { on: true, since: '2026-11-28T14:32:00Z' }, 'on since 2026-11-28T14:32:00Z'],
  ])('%j', (stdout, state, text) => {
    const found = maintenanceState(stdout);
    expect(found).toEqual(state);
    expect(found && maintenanceText(found)).toBe(text);
  });

  it.each(['', 'nonsense', '/usr/local/lib/dojang/maintenance: not found'])('%j is nothing of it', (stdout) => {
    expect(maintenanceState(stdout)).toBeUndefined();
  });
});

describe.each([maintenancePage, maintenanceProblem])('what visitors get', (text) => {
  it('is one word of nginx in single quotes', () => {
    expect(text).not.toMatch(/['\\$\n]/);
    // NGX_CONF_BUFFER: a longer word is "too long parameter".
    expect(Buffer.byteLength(text)).toBeLessThan(4000);
  });
});
