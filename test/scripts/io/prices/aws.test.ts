/** Offer files of AWS. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readOffer } from '../../../../scripts/io/prices/aws.ts';
import { readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { all, changed, fixture, texts } from './fixtures.ts';

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
    expect(candidates[0]).toMatchObject({ asOf: '2026-11-01', source: 'AWS Price List, AmazonEC2' });
  });

  it('distinguishes load balancers, though their usage has one name', async () => {
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
  ])('leaves out what is sold %s, and says so', async (_, wrong, reason) => {
    const { refused } = await readOffer(changed(folder, 'aws-ec2.json', wrong), all);
    expect(refused[0]).toMatchObject({ key: { item: 'm7g.large' }, reason });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2), 'not-an-offer-file', /cut off/],
    ['of a newer format', (text: string) => text.replace('v1.0', 'v2.0'), 'not-an-offer-file', /its format is v2\.0/],
    ['something else', () => '{"products": {}, "terms": {}}', 'not-an-offer-file', /no offerCode/],
    ['no JSON', () => '<html>', 'unreadable-prices', /could not be read as JSON/],
  ])('that is %s is refused', async (_, wrong, code, message) => {
    await expect(readOffer(changed(folder, 'aws-ec2.json', wrong), all)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
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
