/** Prices of the book by the short names that the comparisons use. */
import type { PriceKey } from '../../../../../lib/cost/component.ts';
import type { PriceBook } from '../../../../../lib/cost/prices/price.ts';
import { priced, type Reckoned } from './reckon.ts';

const seoul = { aws: 'ap-northeast-2', gcp: 'asia-northeast3' } as const;
export const america = { aws: 'us-east-1', gcp: 'us-central1' } as const;

export const hours = '730 h';
/** 30 days: how some of the documents' months were made. */
export const thirtyDays = '720 h';

type AwsRegion = (typeof seoul)['aws'] | (typeof america)['aws'];

export function pricesOf(book: PriceBook) {
  const find = (provider: PriceKey['provider'], service: string, region: string, item: string) =>
    priced(book, { provider, service, region, item });
  return {
    machine: (item: string, region: AwsRegion = seoul.aws): Reckoned => find('aws', 'ec2', region, item),
    disk: (item: string, region: AwsRegion = seoul.aws): Reckoned => find('aws', 'ebs', region, item),
    database: (item: string, region: AwsRegion = seoul.aws): Reckoned => find('aws', 'rds', region, item),
    balancer: (item: string, region: AwsRegion = seoul.aws): Reckoned => find('aws', 'elb', region, item),
    nat: (item: string, region: AwsRegion = seoul.aws): Reckoned => find('aws', 'nat', region, item),
    address: (): Reckoned => find('aws', 'ipv4', seoul.aws, 'public IPv4 address, in use or idle'),
    cache: (item: string): Reckoned => find('aws', 'elasticache', seoul.aws, item),
    fargate: (item: string): Reckoned => find('aws', 'fargate', seoul.aws, item),
    traffic: (region: AwsRegion = seoul.aws): Reckoned => find('aws', 'transfer', region, 'internet out'),
    gcp: (service: string, item: string): Reckoned => find('gcp', service, seoul.gcp, item),
    runpod: (item: string): Reckoned => find('runpod', 'serverless', 'global', item),
    pod: (item: string): Reckoned => find('runpod', 'pod', 'global', item),
    model: (provider: 'anthropic' | 'openai' | 'google', item: string): Reckoned => find(provider, 'llm', 'global', item),
  };
}

export type Prices = ReturnType<typeof pricesOf>;
