import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPrices, type RefreshOptions, refreshPrices } from '../../../../scripts/commands/prices/prices.ts';
import { readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { root } from '../../../../scripts/io/state.ts';
import { checked } from '../../checked.ts';

const fixture = (name: string) => join(root, 'test/fixtures/prices', name);
const fixtureOf = (name: string) => join(root, 'test/fixtures/cost/lists', name);
let folder = '';
let asked: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-book-'));
  cpSync(join(root, 'prices'), folder, { recursive: true });
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const options: RefreshOptions = { provider: 'aws', offerFile: fixture('aws-ec2.json'), add: [], yes: false, dryRun: false };

async function refresh(changes: Partial<RefreshOptions> = {}, answer = true) {
  const confirm = async (question: string) => {
    asked.push(question);
    return answer;
  };
  return checked(await refreshPrices({ ...options, ...changes }, { folder, today: '2026-11-21', confirm, live: async () => [] }));
}

const seoul = (item: string, service = 'ec2') => readPriceBook(folder).find({ provider: 'aws', service, region: 'ap-northeast-2', item });
const text = () => readFileSync(join(folder, 'aws/ap-northeast-2.json'), 'utf8');

describe('prices refresh', () => {
  it('writes what changed and what was confirmed, after asking about the one price that jumps', async () => {
    const { data, failure } = await refresh();
    expect(failure).toBeUndefined();
    expect(asked).toEqual([
      [
        '  aws ec2 ap-northeast-2',
        '    g5.xlarge',
        '        1.237 -> 1.999 hour  +61.6 %  asks: the price changes by more than 20 %',
        'Take this price?',
      ].join('\n'),
    ]);
    expect(data).toMatchObject({ written: true, confirmed: 7, refused: [] });
    expect(seoul('m7g.xlarge')).toMatchObject({ sku: 'M7GXLARGELINUXSH', asOf: '2026-11-01', source: 'AWS Price List, AmazonEC2' });
    expect(seoul('m7g.xlarge')?.tiers[0]?.usd.toFixed()).toBe('0.2206');
    expect(seoul('g5.xlarge')?.tiers[0]?.usd.toFixed()).toBe('1.999');
    expect(seoul('m9g.large')).toBeUndefined();
  });

  it('writes nothing at all when the answer is no', async () => {
    const before = text();
    const { failure, lines } = await refresh({}, false);
    expect(failure).toMatchObject({ code: 'price-change-refused', next: expect.stringContaining('--yes') });
    expect(lines?.at(-1)).toBe('nothing was written');
    expect(text()).toBe(before);
  });

  it('asks nothing with --yes, and changes nothing with --dry-run', async () => {
    const before = text();
    await refresh({ dryRun: true });
    expect(text()).toBe(before);
    await refresh({ yes: true });
    expect(text()).not.toBe(before);
    expect(asked).toEqual([]);
  });

  it('is settled after the first time', async () => {
    await refresh({ yes: true });
    const before = text();
    expect((await refresh()).data).toMatchObject({ changes: [], confirmed: 9 });
    expect(text()).toBe(before);
    expect(asked).toEqual([]);
  });

  it('adds a machine that is asked for', async () => {
    const { lines } = await refresh({ add: ['ec2/m9g.large'], yes: true });
    expect(lines).toContainEqual(expect.stringMatching(/^ {4}m9g\.large +new -> 0\.12 hour$/));
    expect(seoul('m9g.large')).toMatchObject({ unit: 'hour', confidence: 'high' });
  });

  it('reads Google’s and RunPod’s lists, and leaves out a class whose GPUs disagree', async () => {
    const gcp = await refresh({ provider: 'gcp', offerFile: fixture('gcp-compute-1.json'), yes: true });
    expect(gcp.data).toMatchObject({
      changes: [{ item: 'NVIDIA T4 spot', before: '0.11', after: '0.209', percent: '90.00' }],
      // Four of the list, and four whole N1 machines reckoned from two of them.
      confirmed: 8,
    });
    const runpod = await refresh({ provider: 'runpod', offerFile: fixture('runpod-gpus.json'), yes: true });
    expect(runpod.data).toMatchObject({
      changes: [{ item: 'L4 24 GB, on demand', before: '0.49', after: '0.43' }],
      confirmed: 2,
      refused: [{ key: { item: '48 GB (A6000, A40) flex' }, reason: expect.stringContaining('different prices') }],
    });
  });

  it('takes an address whose product has no family, and counts what it leaves in the list', async () => {
    const { data, lines } = await refresh({ offerFile: fixtureOf('aws-vpc.json') });
    expect(data).toMatchObject({
      changes: [{ item: 'public IPv4 address, in use or idle', before: '0.005', after: '0.006' }],
      skipped: { unnamed: { VPCPublicIPv4Address: 1 }, unwanted: {} },
    });
    expect(lines?.join('\n')).toContain('in the lists, and the book has no name for them: VPCPublicIPv4Address 1');
  });

  it('takes Aurora and extended support, and no engine or edition that only looks like ours', async () => {
    const { data } = await refresh({ offerFile: fixtureOf('aws-rds.json') });
    const changed = data.changes.map(({ item, after }) => `${item} ${after}`);
    expect(changed).toEqual([
      'PostgreSQL db.t4g.micro single-AZ 0.026',
      'PostgreSQL db.t4g.micro multi-AZ 0.052',
      'Aurora PostgreSQL db.r7g.large (standard) 0.34',
      'PostgreSQL gp3 storage single-AZ 0.132',
    ]);
    expect(seoul('extended support, years 1-2', 'rds')).toMatchObject({ sku: 'ES', asOf: '2026-11-20' });
    expect(data).toMatchObject({
      skipped: { unnamed: { 'Database Instance': 1, 'Database Storage': 1 }, unwanted: { 'Database Instance': 1 } },
    });
  });

  it('takes a price of the whole world for each region of the book, and asks about an allowance that is new', async () => {
    const { data } = await refresh({ provider: 'gcp', offerFile: fixtureOf('gcp-addresses.json') });
    expect(data).toMatchObject({ missing: [] });
    const find = (region: string) =>
      readPriceBook(folder).find({ provider: 'gcp', service: 'ip', region, item: 'external IPv4 in use on a standard VM' });
    for (const region of ['asia-northeast3', 'us-central1']) {
      expect(find(region)).toMatchObject({
        sku: '6F81-5844-456A/H',
        confidence: 'high',
        pool: 'gcp ip external IPv4 in use on a standard VM',
      });
      expect(find(region)?.free?.toFixed()).toBe('744');
    }
    expect(asked.join(' ').replaceAll(/\s+/g, ' ')).toContain('744 of it would be free each month, where it was nothing');
  });

  it('must know whose list a file is', async () => {
    await expect(refresh({ provider: undefined })).rejects.toMatchObject({ code: 'no-provider' });
  });
});

describe('prices check', () => {
  it('lists the weakest first, and changes nothing', () => {
    const before = text();
    const { lines = [], data } = checked(checkPrices({ months: 6, today: '2026-11-21', folder }));
    expect(lines[0]).toMatch(/^\d+ prices, the newest of 2026-10-02; \d+ deserve another look$/);
    expect(lines[2]).toMatch(/low confidence, unknown date$/);
    expect(lines.join('\n')).toMatch(
      / {2}runpod serverless global\n( {4}.+\n)* {4}24 GB \(L4, A5000, 3090\) active +low confidence, 15 months old/,
    );
    expect(data).toMatchObject({ prices: readPriceBook().prices.length });
    expect(text()).toBe(before);
  });

  it('fits a terminal', () => {
    const { lines = [] } = checked(checkPrices({ months: 0, today: '2026-11-21', folder }));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('finds nothing old when asked for a century', () => {
    const { data } = checked(checkPrices({ months: 1200, today: '2026-11-21', folder }));
    expect(JSON.stringify(data)).not.toContain('months old');
  });
});
