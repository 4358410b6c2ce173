/**
 * The price book: committed files `prices/<provider>/<region>.json`, all their faults reported at
 * once. How prices are named:
 *
 * | provider | service | region | item |
 * |---|---|---|---|
 * | aws | ec2 | the region | the machine: `m7g.large` (on demand, Linux, shared) |
 * | aws | ebs | the region | `gp3 storage`, `gp3 provisioned IOPS above 3000`, `gp3 provisioned throughput above 125 MiB/s`, `gp2 storage`, `snapshot standard` |
 * | aws | ipv4 | the region | `public IPv4 address, in use or idle` |
 * | aws | transfer | the region | `internet out` (tiers, 100 GB free), `to another AWS region`, `between availability zones, each direction` |
 * | aws | nat | the region | `NAT gateway`, `NAT gateway data processed` |
 * | aws | elb | the region | `ALB`, `ALB LCU`, `NLB`, `NLB NLCU`, `classic load balancer` |
 * | aws | rds | the region | `PostgreSQL db.t4g.micro single-AZ`, `MySQL gp3 storage multi-AZ`, `Aurora storage (standard)`, ... |
 * | aws | elasticache | the region | `Redis OSS cache.t4g.micro`, `Valkey cache.t4g.micro` |
 * | aws | fargate | the region | `ARM vCPU`, `ARM memory`, `x86 vCPU`, `x86 memory` |
 * | aws | cloudfront | `asia-edge`, `us-edge` | `data out` (tiers), `HTTPS requests`, `HTTP requests` |
 * | aws | s3 | the region | `Standard`, `PUT, COPY, POST, LIST`, `GET and others` |
 * | aws | sqs | the region | `standard queue`, `FIFO queue` (in millions of requests) |
 * | aws | cloudwatch | the region | `standard alarm`, `composite alarm`, `custom metric`, `logs ingestion (standard class)`, `logs storage`, `vended logs (flow logs) to CloudWatch` |
 * | aws | secretsmanager, ssm, kms | the region | `secret`, `API calls`; `advanced parameter`; `customer managed key`, `requests` |
 * | gcp | compute | the region | `N1 predefined core`, `N1 predefined RAM`; a whole machine: `n1-standard-2`, `g2-standard-4 (with one L4)`, `n1-standard-2 spot` |
 * | gcp | gpu | the region | `NVIDIA T4`, `NVIDIA T4 spot` |
 * | gcp | disk | the region | `pd-standard`, `pd-balanced`, `pd-ssd`, `standard snapshot` |
 * | gcp | ip | the region | `external IPv4 in use on a standard VM`, `static external IPv4 reserved but unused` |
 * | gcp | egress, transfer | the region | `internet, premium tier` (tiers), `internet, standard tier`; `between zones of a region` |
 * | gcp | nat, storage | the region | `Cloud NAT gateway per VM, up to 32 VMs`, `Cloud NAT data processed`; `GCS standard, regional` |
 * | gcp | logging | `global` | `Cloud Logging ingestion` |
 * | runpod | serverless | `global` | `24 GB (L4, A5000, 3090) flex`, `... active` (a second of one worker) |
 * | runpod | storage, pod | `global` | `network volume` (tiers); `L4 24 GB, on demand` |
 * | anthropic, openai, google, fireworks | llm | `global` | `Claude Haiku 4.5 input`, `Claude Haiku 4.5 output` (a million tokens) |
 *
 * Sustained use is in `sustained-use.ts`, won for a dollar in `exchange-rate.ts`.
 */

import { DojangError } from '../../errors/dojang-error.ts';
import { counted } from '../../values/counted.ts';
import type { PriceKey } from '../component.ts';
import type { Price, PriceBook } from './price.ts';
import { type BookFile, bookFile, type FileFault, faultsOf, parseJson, type WrittenFile } from './price-book-schema.ts';

/** Everything wrong with the files of a book. */
export class PriceBookError extends DojangError {
  readonly faults: readonly FileFault[];

  constructor(faults: readonly FileFault[]) {
    const lines = faults.map(({ file, path, message }) => `\n  ${file}  ${path ? `${path}  ` : ''}${message}`);
    super('price-book-faults', `the price book has ${counted(faults.length, 'fault')}${lines.join('')}`, {
      why: 'A price that is wrong would look like one that is right.',
      next: 'take the files back from version control (git checkout prices), or correct the lines above',
    });
    this.faults = faults;
  }
}

/** @throws PriceBookError with every fault of every file. */
export function parseBook(files: readonly BookFile[]): PriceBook {
  const read = files.map((file) => readFile(file));
  const prices = read.flatMap(({ prices }) => prices);
  const faults = [...read.flatMap(({ faults }) => faults), ...duplicates(read)];
  if (faults.length > 0) throw new PriceBookError(faults);
  return createPriceBook(prices);
}

/** A book of prices that are there already. */
export function createPriceBook(prices: readonly Price[]): PriceBook {
  const byKey = new Map(prices.map((price) => [keyText(price), price]));
  const dates = prices.map(({ asOf }) => asOf).filter((date) => date !== 'unknown');
  return { prices, asOf: dates.toSorted().at(-1) ?? 'unknown', find: (key) => byKey.get(keyText(key)) };
}

/** One text for one price, for maps and for messages. */
export function keyText({ provider, service, region, item }: PriceKey): string {
  return `${provider} ${service} ${region} ${item}`;
}

interface Read {
  readonly file: string;
  readonly prices: readonly Price[];
  readonly faults: readonly FileFault[];
}

function readFile({ name, text }: BookFile): Read {
  const json = parseJson(name, text);
  if ('fault' in json) return { file: name, prices: [], faults: [json.fault] };
  const parsed = bookFile.safeParse(json.value);
  if (!parsed.success) return { file: name, prices: [], faults: faultsOf(name, parsed.error) };
  return { file: name, prices: pricesOf(parsed.data), faults: [] };
}

function pricesOf({ provider, region, prices }: WrittenFile): Price[] {
  return prices.map(({ usd, tiers, free, ...rest }) => ({
    provider,
    region,
    ...rest,
    tiers,
    ...(free && { free: free.quantity, pool: free.pool }),
  }));
}

function duplicates(read: readonly Read[]): FileFault[] {
  const first = new Map<string, string>();
  return read.flatMap(({ file, prices }) =>
    prices.flatMap((price) => {
      const before = first.get(keyText(price));
      if (!before) first.set(keyText(price), file);
      return before ? [{ file, path: '', message: `${keyText(price)} is there twice, first in ${before}` }] : [];
    }),
  );
}
