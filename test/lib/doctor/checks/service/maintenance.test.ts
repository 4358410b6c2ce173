import { expect, it } from 'vitest';
import { verdictOf } from '../../subject.ts';

const off = 'maintenance\toff\t';
const on =
  'maintenance\ton\t\nmaintenance\tsince\t2026-11-28T14:32:00Z\nmaintenance\tby\tkim on laptop\nmaintenance\treason\ta larger disk';

it('is as it should be when it is off', () => expect(verdictOf('aws', 'maintenance')).toEqual({ ok: true, detail: '' }));

it('is a warning when it is on, with how long, who and why', () => {
  expect(verdictOf('aws', 'maintenance', [[off, on]])).toEqual({
    ok: true,
    warns: true,
    detail: 'on since 2026-11-28T14:32:00Z, by kim on laptop: a larger disk',
    next: 'dojang maintenance off --env local',
  });
});

it('fails on a host without the program', () => {
  expect(verdictOf('aws', 'maintenance', [[off, 'maintenance\tx']])).toMatchObject({ ok: false, next: 'dojang provision --env local' });
});
