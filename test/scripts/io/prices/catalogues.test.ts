/** What Google and RunPod sell. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPage } from '../../../../scripts/io/prices/gcp.ts';
import { readGpus } from '../../../../scripts/io/prices/runpod.ts';
import { all, changed, fixture, texts } from './fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('Google’s catalogue', () => {
  it('gives on-demand and spot SKUs of each region, and neither commitments nor regional disks', async () => {
    const pages = await Promise.all(['gcp-compute-1.json', 'gcp-compute-2.json'].map((name) => readPage({ place: fixture(name) }, all)));
    expect(texts(pages.flatMap(({ read }) => read.candidates.filter(({ key }) => !/^us-(east|west)/.test(key.region))))).toEqual([
      'compute asia-northeast3 N1 predefined core 0.040618 hour 6F81-5844-456A/0001-SEOUL-CORE',
      'compute asia-northeast3 N1 predefined RAM 0.005419 gb-hour 6F81-5844-456A/0002-SEOUL-RAM',
      'gpu asia-northeast3 NVIDIA T4 0.37 hour 6F81-5844-456A/0005-T4-SEOUL',
      'gpu asia-northeast3 NVIDIA T4 spot 0.209 hour 6F81-5844-456A/0006-T4-SPOT',
      'gpu us-central1 NVIDIA V100 2.48 hour 6F81-5844-456A/0008-V100',
      'disk asia-northeast3 pd-balanced 0.13 gb-month 6F81-5844-456A/0009-PD-SEOUL',
      'disk asia-northeast3 standard snapshot 0.064 gb-month 6F81-5844-456A/0011-SNAPSHOT',
      'ip asia-northeast3 external IPv4 in use on a standard VM 0.005 hour 6F81-5844-456A/0012-IP',
      'ip us-central1 external IPv4 in use on a standard VM 0.005 hour 6F81-5844-456A/0012-IP',
      'egress us-central1 internet, premium tier 0.12 gb 6F81-5844-456A/0013-EGRESS',
    ]);
    expect(pages.map(({ next }) => next)).toEqual(['cGFnZS0y', undefined]);
    expect(pages[1]?.read.refused).toMatchObject([{ key: { item: 'pd-ssd' }, reason: 'is priced in KRW, not in USD' }]);
  });

  it('writes a free first tier as an allowance', async () => {
    const { read } = await readPage({ place: fixture('gcp-compute-2.json') }, all);
    const egress = read.candidates.find(({ key }) => key.service === 'egress' && key.region === 'us-central1');
    expect(egress?.free?.toFixed()).toBe('1');
    expect(egress?.tiers.map(({ from, usd }) => `${from} ${usd}`)).toEqual(['0 0.12', '1023 0.11', '10239 0.08']);
  });

  it('that was cut off is refused', async () => {
    const cut = changed(folder, 'gcp-compute-1.json', (text) => text.slice(0, -40));
    await expect(readPage({ place: cut }, all)).rejects.toMatchObject({ code: 'not-a-price-list' });
  });
});

describe('RunPod’s catalogue', () => {
  it('gives serverless seconds by class and pod hours, exactly', async () => {
    const { candidates } = await readGpus({ place: fixture('runpod-gpus.json') }, (key) => /^24|^L4/.test(key.item), '2026-11-21');
    expect(texts(candidates)).toEqual([
      'serverless global 24 GB (L4, A5000, 3090) flex 0.00019 second NVIDIA L4',
      'pod global L4 24 GB, on demand 0.43 hour NVIDIA L4',
      'serverless global 24 GB (L4, A5000, 3090) flex 0.00019 second NVIDIA RTX A5000',
      'serverless global 24 GB (L4, A5000, 3090) flex 0.00019 second NVIDIA GeForce RTX 3090',
      'serverless global 24 GB PRO (4090) flex 0.00031 second NVIDIA GeForce RTX 4090',
    ]);
  });
});
