/** Lists asked for over the network, from a stand-in. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offerPlaces } from '../../../../scripts/io/prices/aws.ts';
import { readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { readLive } from '../../../../scripts/io/prices/live.ts';
import { all, fixture } from './fixtures.ts';

describe('the live lists', () => {
  const asked: string[] = [];
  let server: Server;
  let base = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { url = '', headers } = request;
      asked.push(`${url} ${headers['x-goog-api-key'] ?? headers.authorization ?? ''}`.trim());
      const name = fileFor(url);
      if (name) response.end(readFileSync(fixture(name)));
      else response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const live = (provider: 'aws' | 'gcp' | 'runpod', environment: Record<string, string>) =>
    readLive(provider, readPriceBook(), all, { environment, today: '2026-11-21', bases: { aws: base, gcp: base, runpod: base } });

  it('of Google are read page by page with the key in a header', async () => {
    const [read] = await live('gcp', { GOOGLE_API_KEY: 'g-key' });
    expect(read?.candidates.some(({ sku }) => sku.endsWith('0013-EGRESS'))).toBe(true);
    expect(asked.splice(0)).toEqual([
      '/v1/services/6F81-5844-456A/skus?currencyCode=USD&pageSize=5000 g-key',
      '/v1/services/6F81-5844-456A/skus?currencyCode=USD&pageSize=5000&pageToken=cGFnZS0y g-key',
    ]);
  });

  it('of RunPod are asked with its key', async () => {
    expect((await live('runpod', { RUNPOD_API_KEY: 'r-key' }))[0]?.candidates.length).toBeGreaterThan(5);
    expect(asked.splice(0)).toEqual(['/v2/catalog/gpus?product=SERVERLESS Bearer r-key']);
  });

  it('need their key, and say how to go without', async () => {
    await expect(live('gcp', {})).rejects.toMatchObject({ code: 'no-key', message: expect.stringContaining('GOOGLE_API_KEY') });
  });

  it('of AWS are one offer file for each service and region; what is not answered is reported', async () => {
    expect(offerPlaces(['ap-northeast-2'])[0]).toBe(
      'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/ap-northeast-2/index.json',
    );
    await expect(live('aws', {})).rejects.toMatchObject({ code: 'prices-unreachable', message: expect.stringContaining('403') });
    expect(asked.splice(0)).toEqual([
      '/offers/v1.0/aws/AmazonEC2/current/ap-northeast-2/index.json',
      '/offers/v1.0/aws/AmazonVPC/current/ap-northeast-2/index.json',
    ]);
  });
});

function fileFor(url: string): string | undefined {
  if (url.includes('AmazonEC2')) return 'aws-ec2.json';
  if (url.includes('/skus')) return url.includes('pageToken') ? 'gcp-compute-2.json' : 'gcp-compute-1.json';
  return url.startsWith('/v2/catalog/gpus') ? 'runpod-gpus.json' : undefined;
}
