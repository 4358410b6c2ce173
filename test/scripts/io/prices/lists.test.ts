/** The readers on files in the providers' own format; `test/fixtures/prices` has their traps: same name, other product. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Candidate, ListRead } from '../../../../lib/cost/refresh/candidate.ts';
import { offerPlaces, readOffer } from '../../../../scripts/io/prices/aws.ts';
import { readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { readPage } from '../../../../scripts/io/prices/gcp.ts';
import { readLive } from '../../../../scripts/io/prices/live.ts';
import { readGpus } from '../../../../scripts/io/prices/runpod.ts';
import { root } from '../../../../scripts/io/state.ts';

const fixtures = join(root, 'test/fixtures/prices');
const fixture = (name: string) => join(fixtures, name);
const all = () => true;
const folder = mkdtempSync(join(tmpdir(), 'dojang-prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an AWS offer file', () => {
  it('gives machines on demand, on Linux, shared, and the parts of EBS and NAT: nothing that only looks like them', async () => {
    const { candidates, refused } = await readOffer(fixture('aws-ec2.json'), all);
    expect(texts(candidates)).toEqual([
      'ec2 ap-northeast-2 m7g.large 0.1003 hour M7GLARGELINUXSHR',
      'ec2 ap-northeast-2 m7g.xlarge 0.2206 hour M7GXLARGELINUXSH',
      'ec2 ap-northeast-2 g5.xlarge 1.999 hour G5XLARGELINUXSHR',
      'ec2 ap-northeast-2 m9g.large 0.12 hour M9GLARGELINUXSHR',
      'ebs ap-northeast-2 gp3 storage 0.0912 gb-month EBSGP3STORAGEXXX',
      'ebs ap-northeast-2 gp3 provisioned IOPS above 3000 0.0057 iops-month EBSIOPSXXXXXXXXX',
      'ebs ap-northeast-2 gp3 provisioned throughput above 125 MiB/s 0.0456 mibps-month EBSTHROUGHPUTXXX',
      'ebs ap-northeast-2 snapshot standard 0.05 gb-month EBSSNAPSHOTXXXXX',
      'nat ap-northeast-2 NAT gateway 0.059 hour NATHOURSXXXXXXXX',
      'nat ap-northeast-2 NAT gateway data processed 0.059 gb NATBYTESXXXXXXXX',
    ]);
    expect(refused).toEqual([]);
    expect(candidates[0]).toMatchObject({ asOf: '2026-11-01', source: 'AWS price list, AmazonEC2' });
  });

  it('tells load balancers apart, though their usage has one name', async () => {
    expect(texts((await readOffer(fixture('aws-elb.json'), all)).candidates)).toEqual([
      'elb ap-northeast-2 ALB 0.0225 hour ALBHOURSXXXXXXXX',
      'elb ap-northeast-2 classic load balancer 0.025 hour CLBHOURSXXXXXXXX',
      'elb ap-northeast-2 ALB LCU 0.008 hour ALBLCUXXXXXXXXXX',
      'elb ap-northeast-2 NLB NLCU 0.006 hour NLBLCUXXXXXXXXXX',
    ]);
  });

  it('gives tiers in order, requests by the thousand, databases by engine and zones', async () => {
    const [traffic] = (await readOffer(fixture('aws-transfer.json'), all)).candidates;
    expect(traffic?.tiers.map(({ from, usd }) => `${from} ${usd}`)).toEqual(['0 0.126', '10240 0.122', '51200 0.117', '153600 0.108']);
    expect(texts((await readOffer(fixture('aws-s3.json'), all)).candidates).slice(1)).toEqual([
      's3 ap-northeast-2 PUT, COPY, POST, LIST 0.0045 request-1000 S3TIER1XXXXXXXXX',
      's3 ap-northeast-2 GET and others 0.00035 request-1000 S3TIER2XXXXXXXXX',
    ]);
    expect(texts((await readOffer(fixture('aws-rds.json'), all)).candidates)).toEqual([
      'rds ap-northeast-2 PostgreSQL db.t4g.micro single-AZ 0.025 hour RDSPGMICROSINGLE',
      'rds ap-northeast-2 PostgreSQL db.t4g.micro multi-AZ 0.051 hour RDSPGMICROMULTIA',
      'rds ap-northeast-2 PostgreSQL gp3 storage single-AZ 0.131 gb-month RDSPGGP3SINGLEXX',
    ]);
  });

  it('names every product as the committed book does', async () => {
    const book = readPriceBook();
    const files = ['aws-ec2.json', 'aws-elb.json', 'aws-transfer.json', 'aws-s3.json', 'aws-rds.json'];
    const reads = await Promise.all(files.map((name) => readOffer(fixture(name), all)));
    const unknown = reads.flatMap(({ candidates }) => candidates).filter(({ key }) => book.find(key) === undefined);
    expect(unknown.map(({ key }) => key.item)).toEqual(['m9g.large']);
  });

  it.each([
    ['by another unit', (text: string) => text.replace('"unit": "Hrs"', '"unit": "Months"'), 'is sold by Months, not by Hrs'],
    ['in another currency', (text: string) => text.replace('"USD": "0.1003', '"CNY": "0.1003'), 'has no price in USD'],
    ['only reserved', (text: string) => text.replace('"OnDemand": {', '"Other": {'), 'has no on-demand price'],
  ])('leaves out what is sold %s, and says so', async (_, wrong, because) => {
    const { refused } = await readOffer(changed('aws-ec2.json', wrong), all);
    expect(refused[0]).toMatchObject({ key: { item: 'm7g.large' }, because });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2), 'not-an-offer-file', /cut off/],
    ['of a newer format', (text: string) => text.replace('v1.0', 'v2.0'), 'not-an-offer-file', /its format is v2\.0/],
    ['something else', () => '{"products": {}, "terms": {}}', 'not-an-offer-file', /no offerCode/],
    ['no JSON', () => '<html>', 'unreadable-prices', /could not be read as JSON/],
  ])('that is %s is refused', async (_, wrong, code, message) => {
    await expect(readOffer(changed('aws-ec2.json', wrong), all)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('is read compressed too', async () => {
    const file = join(folder, 'offer.json.gz');
    writeFileSync(file, gzipSync(readFileSync(fixture('aws-elb.json'))));
    expect((await readOffer(file, all)).candidates.length).toBe(4);
    writeFileSync(file, gzipSync(readFileSync(fixture('aws-elb.json'))).subarray(0, 300));
    await expect(readOffer(file, all)).rejects.toMatchObject({ code: 'unreadable-prices' });
  });

  it('that is not there says so', () => expect(readOffer(join(folder, 'none'), all)).rejects.toMatchObject({ code: 'no-such-file' }));
});

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
    expect(pages[1]?.read.refused).toMatchObject([{ key: { item: 'pd-ssd' }, because: 'is priced in KRW, not in USD' }]);
  });

  it('writes a free first tier as an allowance', async () => {
    const { read } = await readPage({ place: fixture('gcp-compute-2.json') }, all);
    const egress = read.candidates.find(({ key }) => key.service === 'egress' && key.region === 'us-central1');
    expect(egress?.free?.toFixed()).toBe('1');
    expect(egress?.tiers.map(({ from, usd }) => `${from} ${usd}`)).toEqual(['0 0.12', '1023 0.11', '10239 0.08']);
  });

  it('that was cut off is refused', async () => {
    const cut = changed('gcp-compute-1.json', (text) => text.slice(0, -40));
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

  it('of AWS are one offer file for each service and region; what is not answered is told', async () => {
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

function changed(name: string, change: (text: string) => string): string {
  const file = join(folder, 'changed.json');
  writeFileSync(file, change(readFileSync(fixture(name), 'utf8')));
  return file;
}

function texts(candidates: ListRead['candidates']): string[] {
  return candidates.map(
    ({ key, tiers, unit, sku }: Candidate) => `${key.service} ${key.region} ${key.item} ${tiers[0]?.usd.toFixed()} ${unit} ${sku}`,
  );
}
