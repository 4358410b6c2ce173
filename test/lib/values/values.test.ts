import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cidr } from '../../../lib/values/cidr.ts';
import { Usd } from '../../../lib/values/money.ts';
import { Size } from '../../../lib/values/size.ts';

const range = fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 })).map(([bits, prefix]) => {
  const network = prefix === 0 ? 0 : (bits & (0xffffffff << (32 - prefix))) >>> 0;
  return `${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join('.')}/${prefix}`;
});

describe('Cidr', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(range, (text) => {
        expect(Cidr.of(text).toString()).toBe(text);
      }),
    );
  });

  it('contains a range exactly when every address of it lies within', () => {
    fc.assert(
      fc.property(range, range, (one, other) => {
        const [a, b] = [Cidr.of(one), Cidr.of(other)];
        expect(a.contains(b)).toBe(first(a) <= first(b) && last(b) <= last(a));
        expect(a.overlaps(b)).toBe(first(a) <= last(b) && first(b) <= last(a));
        expect(a.overlaps(b)).toBe(b.overlaps(a));
      }),
    );
  });

  it.each(['10.0.0.0', '10.0.0.256/24', '10.0.0.0/33', '10.1/16', '::/0', '', '010.0.0.0/8', '10.0.0.1/24'])('refuses %j', (text) => {
    expect(() => Cidr.of(text)).toThrow(text);
  });
});

describe('Size', () => {
  it.each([
    ['4 GiB', 4096],
    ['512 MiB', 512],
    ['1.5GiB', 1536],
    ['1 TiB', 1048576],
  ])('reads %s', (text, mib) => {
    expect(Size.of(text).mib).toBe(mib);
  });

  it.each(['4', '4 GB', '-1 GiB', '0 GiB', '0.0001 MiB', 'GiB'])('refuses %j', (text) => {
    expect(() => Size.of(text)).toThrow();
  });

  it('refuses a lossy conversion', () => {
    expect(() => Size.of('1536 MiB').gib).toThrow('1536 MiB is not a whole number of GiB');
    expect(Size.of('2048 MiB').gib).toBe(2);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (mib) => {
        expect(Size.of(Size.mib(mib).toString()).mib).toBe(mib);
      }),
    );
  });
});

it.each(['150', '150 EUR', '0 USD', '1.5 USD', '-3 USD'])('Usd refuses %j', (text) => {
  expect(() => Usd.of(text)).toThrow(text);
});

function first({ address }: Cidr): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function last(cidr: Cidr): number {
  return first(cidr) + 2 ** (32 - cidr.prefix) - 1;
}
