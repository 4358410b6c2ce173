/** When a release that serves is rolled back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manualTriggers, type Signal } from '../../../../lib/release/plan/triggers.ts';
import { judgeWatch, type Sample } from '../../../../lib/release/plan/watch.ts';

const of = (component: string) => manualTriggers.filter((trigger) => trigger.component === component);
const before = { errorRate: 0, p95Milliseconds: 400 };
const ok = (signal: Signal, seconds = 0.1, note = ''): Sample => ({ kind: 'probe', signal, ok: true, seconds, note });
const query = (seconds: number) => ok('response-time', seconds, 'checklist query');
const upload = (seconds: number) => ok('response-time', seconds, 'document upload');
const bad = (signal: Signal): Sample => ({ kind: 'probe', signal, ok: false, seconds: 0.1 });
const window = (requests: number, errors: number, p95Milliseconds = 100): Sample => ({ kind: 'window', requests, errors, p95Milliseconds });
const keep = { do: 'keep' };

describe('a trigger of the manual', () => {
  it.each([
    ['web', [bad('main-page'), bad('main-page'), ok('main-page'), bad('main-page')], 'keep'],
    ['web', [bad('main-page'), bad('main-page'), bad('main-page')], 'release'],
    ['web', [ok('console'), bad('console')], 'release'],
    ['api', [bad('health'), bad('health'), ok('health')], 'keep'],
    ['api', [bad('health'), ok('core-api'), bad('health'), bad('health')], 'release'],
    ['api', [bad('sign-in')], 'release'],
    ['api', [bad('core-api')], 'release'],
    ['api', [ok('response-time', 12), ok('response-time', 9), ok('response-time', 9)], 'keep'],
    ['api', [ok('response-time', 1), ok('response-time', 12), ok('response-time', 11), ok('response-time', 10)], 'release'],
    ['api', [ok('response-time', 60)], 'keep'],
    ['api', [query(11), upload(0.1), query(11), upload(0.1), query(11), upload(0.1)], 'release'],
    ['api', [query(11), upload(11), query(0.1), upload(11), query(0.1), upload(0.1)], 'keep'],
    ['ai', [bad('analysis')], 'release'],
    ['ai', [bad('gpu-memory')], 'release-and-machine'],
    ['ai', [bad('analysis'), bad('gpu-memory')], 'release-and-machine'],
    ['web', [bad('build'), bad('copy')], 'keep'],
    ['web', [bad('gpu-memory'), bad('sign-in')], 'keep'],
  ] as const)('of %s after %j: %s', (component, samples, expected) => {
    const verdict = judgeWatch(samples, before, of(component));
    expect(verdict.do === 'keep' ? 'keep' : verdict.scope).toBe(expected);
  });

  it('is in the reason', () => {
    const verdict = judgeWatch([bad('health'), bad('health'), bad('health')], before, of('api'));
    expect(verdict).toMatchObject({ reason: 'health fails 3 times in a row: 3 in a row' });
    const slow = judgeWatch([query(11), upload(1), query(12), upload(1), query(13)], before, of('api'));
    expect(slow).toMatchObject({ reason: 'responses take over 10 s: 12.0 s, the mean of 3 (checklist query)' });
  });
});

describe('requests', () => {
  it.each([
    [[window(100, 1)], keep],
    [[window(100, 3)], { do: 'roll-back', scope: 'release', reason: '3 of 100 requests failed, more than 1 %' }],
    [[window(20, 1), window(20, 1)], keep],
    [
      [window(20, 1), window(20, 1), window(20, 1)],
      { do: 'roll-back', scope: 'release', reason: '3 of 60 requests failed, more than 1 %' },
    ],
    [[window(3, 3)], { do: 'roll-back', scope: 'release', reason: '3 of 3 requests failed, more than 1 %' }],
    [[window(300, 3)], keep],
    [[window(0, 0, 9000), window(0, 0, 9000), window(0, 0, 9000)], keep],
    [[window(9, 0, 900), window(9, 0, 900)], keep],
    [[window(9, 0, 900), window(9, 0, 700), window(9, 0, 900), window(9, 0, 900)], keep],
    [
      [window(9, 0, 900), window(9, 0, 900), window(9, 0, 900)],
      { do: 'roll-back', scope: 'release', reason: 'p95 over 800 ms 3 times in a row (before 400 ms)' },
    ],
  ])('%j', (samples, verdict) => expect(judgeWatch(samples, before, of('api'))).toEqual(verdict));

  it('fail as often as before', () => expect(judgeWatch([window(100, 5)], { ...before, errorRate: 0.05 }, of('api'))).toEqual(keep));

  it('are not compared with a time without requests', () => {
    expect(judgeWatch([window(9, 0, 9000), window(9, 0, 9000), window(9, 0, 9000)], undefined, of('api'))).toEqual(keep);
  });

  it('under the floor are fast enough, however fast they were', () => {
    const slow = [window(9, 0, 500), window(9, 0, 500), window(9, 0, 500)];
    expect(judgeWatch(slow, { errorRate: 0, p95Milliseconds: 10 }, of('api'))).toEqual(keep);
  });
});

it('is kept whenever nothing fails', () => {
  const signals = [...new Set(manualTriggers.map(({ signal }) => signal))];
  const probe = fc.record({ signal: fc.constantFrom(...signals), seconds: fc.integer({ min: 0, max: 10 }) });
  const samples = fc.array(
    fc.oneof(
      probe.map(({ signal, seconds }) => ok(signal, seconds)),
      fc.nat(1000).map((requests) => window(requests, 0, 400)),
    ),
  );
  fc.assert(
    fc.property(samples, (all) => {
      expect(judgeWatch(all, before, manualTriggers)).toEqual(keep);
    }),
  );
});
