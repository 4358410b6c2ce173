import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../subject.ts';

const dump = 'dumps\tdump\t20261121T021500Z-nightly\t35100';
const shipped = 'dumps\tshipped\t130';
const unit = (name: string) => `dumps\tunit\tdojang-${name}\tactive\tinactive`;

describe('the newest compared dump', () => {
  it('is named with its age', () => {
    expect(verdictOf('aws', 'dump')).toMatchObject({ ok: true, detail: expect.stringMatching(/^20261121T021500Z-nightly, .*9.* old$/) });
  });

  it('may be missing on a new machine, until the first night', () => {
    expect(verdictOf('aws', 'dump', [[`${dump}\n`, '']])).toEqual({
      ok: true,
      detail: 'none by this machine yet: the first is made tonight',
    });
  });

  it('is too old after a night without one', () => {
    const old = verdictOf('aws', 'dump', [[dump, dump.replace('35100', `${37 * 3600}`)]]);
    expect(old).toMatchObject({ ok: false, next: expect.stringContaining('systemctl start dojang-dump') });
  });

  it.each([
    ['active\tfailed', 'the last run failed', 'journalctl -u dojang-dump'],
    ['inactive\tinactive', 'dojang-dump.timer is inactive', 'dojang provision --env local'],
  ])('is not enough when the unit is %s', (states, detail, next) => {
    const found = verdictOf('aws', 'dump', [[unit('dump'), unit('dump').replace('active\tinactive', states)]]);
    expect(found).toMatchObject({ ok: false, detail, next: expect.stringContaining(next) });
  });
});

describe('binary logs', () => {
  it('say when they last reached the bucket', () => {
    expect(verdictOf('aws', 'binary-logs')).toMatchObject({ ok: true, detail: expect.stringMatching(/ ago$/) });
  });

  it.each([
    [`dumps\tshipped\t${16 * 60}`, / ago$/],
    ['', /^none has$/],
  ])('have not for too long: %j', (line, detail) => {
    const found = verdictOf('aws', 'binary-logs', [[shipped, line]]);
    expect(found).toMatchObject({
      ok: false,
      detail: expect.stringMatching(detail),
      next: expect.stringContaining('journalctl -u dojang-binlog'),
    });
  });
});
