import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gpuNames } from '../../gpu/names.ts';

const slug = (longest: number) => fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{0,${longest - 2}}[a-z0-9]$`));
const prefix = fc.tuple(slug(20), slug(12)).map((parts) => parts.join('-'));

describe('names on GCP', () => {
  it('start with the service and the environment', () => {
    expect(gpuNames({ prefix: 'dojang-prod' })).toMatchObject({ account: 'dojang-prod-ai', dataDisk: 'dojang-prod-ai-data' });
  });

  it('are all that Google accepts, whatever the prefix', () => {
    fc.assert(
      fc.property(prefix, (text) => {
        const { account, ...others } = gpuNames({ prefix: text });
        expect(account).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
        for (const name of Object.values(others)) expect(name).toMatch(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/);
      }),
    );
  });

  it('distinguish two long prefixes with the same beginning', () => {
    const [one, other] = ['a-service-with-a-long-name-one', 'a-service-with-a-long-name-two'].map((text) => gpuNames({ prefix: text }));
    expect(one?.account).not.toBe(other?.account);
  });
});
