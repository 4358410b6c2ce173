import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../lib/config/names.ts';

const slug = (longest: number) => fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{0,${longest - 2}}[a-z0-9]$`));
const identity = fc.record({ service: slug(20), name: slug(12), owner: fc.constant('platform') });

describe('names on GCP', () => {
  it('start with the service and the environment', () => {
    const { gcp } = namesOf({ service: 'dojang', name: 'prod', owner: 'platform' });
    expect(gcp).toMatchObject({ account: 'dojang-prod-ai', dataDisk: 'dojang-prod-ai-data' });
  });

  it('are all that Google accepts, whatever the service and the environment', () => {
    fc.assert(
      fc.property(identity, (each) => {
        const { account, contact, ...others } = namesOf(each).gcp;
        expect(account).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
        for (const name of Object.values(others)) expect(name).toMatch(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/);
      }),
    );
  });

  it('distinguish two long prefixes with the same beginning', () => {
    const [one, other] = ['one', 'two'].map((name) => namesOf({ service: 'a-service-with-a-long-name', name, owner: 'platform' }));
    expect(one?.gcp.account).not.toBe(other?.gcp.account);
  });
});

it('certificates are without that of the GPU machine where the GPU is RunPod’s', () => {
  const identity = { service: 'dojang', name: 'prod', owner: 'platform' };
  expect(namesOf(identity).certificates).toContain('gcp-peer');
  expect(namesOf({ ...identity, runpod: {} }).certificates).not.toContain('gcp-peer');
});
