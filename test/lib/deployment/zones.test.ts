import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zonesToTry } from '../../../lib/deployment/zones.ts';

describe('the zones to try', () => {
  it('are the configured ones in their order before the first deployment', () => {
    expect(zonesToTry(['b', 'c', 'a'], undefined)).toEqual(['b', 'c', 'a']);
  });

  it('begin with the one in use', () => expect(zonesToTry(['b', 'c', 'a'], 'c')).toEqual(['c', 'b', 'a']));

  it('leave out one in use that is no longer configured', () => expect(zonesToTry(['b', 'c'], 'a')).toEqual(['b', 'c']));

  it('are each configured zone once, whichever is in use', () => {
    const zone = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.uniqueArray(zone), zone, (configured, inUse) => {
        const tried = zonesToTry(configured, inUse);
        expect(tried.toSorted()).toEqual(configured.toSorted());
        if (configured.includes(inUse)) expect(tried[0]).toBe(inUse);
      }),
    );
  });
});
