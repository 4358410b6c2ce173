import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { PreflightPorts } from '../../../../lib/ports/preflight.ts';
import { preflight, preflightPlan } from '../../../../scripts/commands/preflight/preflight.ts';
import { preflightStep } from '../../../../scripts/commands/up/preflight-step.ts';
import { runChecks } from '../../../../scripts/runtime/preflight-checks.ts';
import { portsWith } from '../../../lib/ports/preflight.ts';
import { checked } from '../../checked.ts';

const environment = environmentOf(service, 'local');
const healthy = portsWith();
const noRegion: PreflightPorts = portsWith({ aws: { optIn: async () => 'not-opted-in' }, workplace: { engine: async () => undefined } });

/** A context whose reporter keeps what it shows: rows as they end, and notes. */
function recorded() {
  const shown: string[] = [];
  const report = {
    async task<T>(name: string, work: (progress: () => void) => Promise<T>, done?: (result: T) => string) {
      try {
        const result = await work(() => undefined);
        shown.push(`✓ ${name} ${done?.(result)}`);
        return result;
      } catch (error) {
        shown.push(`✗ ${name}`);
        throw error;
      }
    },
    tasks: <T>(_: readonly string[], work: () => Promise<T>) => work(),
    line: (text = '') => void shown.push(text),
    note: (text: string) => void shown.push(`! ${text}`),
  };
  return { shown, context: { environment, report, options: { dryRun: false, approve: [] } } };
}

describe('dojang preflight', () => {
  it('shows every check on a line, and succeeds', async () => {
    const { data, lines, failure } = checked(await preflight(recorded().context, { preflight: healthy }));
    expect(failure).toBeUndefined();
    expect(lines).toContain('  ✓ Elastic IPs              0 of 5 in use, 1 needed');
    expect(lines?.at(-1)).toBe('preflight: 18 of 18 checks passed');
    expect(data).toMatchObject({
      environment: 'local',
      checks: expect.arrayContaining([expect.objectContaining({ id: 'aws-region', state: 'ok' })]),
    });
  });

  it('shows a fault with its remedy, and fails', async () => {
    const { lines, failure } = checked(await preflight(recorded().context, { preflight: noRegion }));
    const at = lines?.indexOf('  ✗ region                   ap-northeast-2 is not enabled for the account') ?? -1;
    expect(lines?.[at + 1]).toBe('      Next: aws account enable-region --region-name ap-northeast-2');
    expect(lines?.at(-1)).toBe('preflight: 1 of 18 failed, 1 warning');
    expect(failure).toMatchObject({
      code: 'not-ready',
      message: 'local is not ready: aws region',
      next: expect.stringContaining('enable-region'),
    });
  });

  it('wraps no line at 80 columns that could be shorter', async () => {
    const long = portsWith({ gcp: { image: async () => ({ name: 'x'.repeat(70), sizeGib: 50 }) } });
    const { lines = [] } = checked(await preflight(recorded().context, { preflight: long }));
    expect(lines).toContain(`      ${'x'.repeat(70)}`);
  });

  it('lists the checks without asking', () => {
    expect(preflightPlan(recorded().context).lines).toContain('  aws       aws-elastic-ips                 Elastic IPs');
  });
});

describe('the first step of up', () => {
  it('is one row where all checks pass', async () => {
    const { shown, context } = recorded();
    await preflightStep(context, { preflight: healthy }, 'preflight', { hosts: true });
    expect(shown).toEqual(['✓ preflight 18 of 18 checks passed']);
  });

  it('prints warnings and goes on', async () => {
    const { shown, context } = recorded();
    await preflightStep(context, { preflight: portsWith({ workplace: { engine: async () => undefined } }) }, 'preflight', { hosts: true });
    expect(shown[0]).toBe('✓ preflight 17 of 18 checks passed, 1 warning');
    expect(shown.slice(1)).toEqual([expect.stringMatching(/^! Pulumi engine {3}[^\n]+\n {6}Next: /)]);
  });

  it('stops on a fault, with its remedy', async () => {
    const { shown, context } = recorded();
    const step = preflightStep(context, { preflight: noRegion }, 'preflight', { hosts: true });
    await expect(step).rejects.toMatchObject({ code: 'not-ready', next: 'aws account enable-region --region-name ap-northeast-2' });
    expect(shown[0]).toBe('✗ preflight');
    expect(shown).toContain(
      '! aws region   ap-northeast-2 is not enabled for the account\n      Next: aws account enable-region --region-name ap-northeast-2',
    );
  });

  it('goes on when a question could not be asked', async () => {
    const refused = async () => Promise.reject(new DojangError('no-permission', 'no permission'));
    const { shown, context } = recorded();
    await preflightStep(context, { preflight: portsWith({ aws: { quota: refused } }) }, 'preflight', { hosts: true });
    expect(shown).toEqual(['✓ preflight 16 of 18 checks passed, 2 could not be made']);
  });
});

it('a question without an answer holds up no other', async () => {
  const silent = { id: 'silent', subject: 'aws' as const, title: 'silent', run: () => new Promise<never>(() => undefined) };
  const quick = { id: 'quick', subject: 'aws' as const, title: 'quick', run: async () => ({ state: 'ok' as const, detail: '' }) };
  const results = await runChecks([silent, quick], healthy, 10);
  expect(results.map(({ id, state, detail }) => [id, state, detail])).toEqual([
    ['silent', 'unknown', 'no answer within 0.01 s'],
    ['quick', 'ok', ''],
  ]);
});
