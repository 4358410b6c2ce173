/**
 * How the files of the price book are written: decimals as text, one provider and region a file.
 */
import * as z from 'zod';
import { messageOf } from '../../errors/dojang-error.ts';
import { Big } from '../../values/decimal.ts';
import type { Provider, Unit } from '../component.ts';
import type { Confidence, Price } from './price.ts';

const bookVersion = 1;

export interface BookFile {
  /** Relative to the folder of the book: `aws/us-east-1.json`. */
  readonly name: string;
  readonly text: string;
}

export interface FileFault {
  readonly file: string;
  readonly path: string;
  readonly message: string;
}

export const providers = ['aws', 'gcp', 'runpod', 'anthropic', 'openai', 'google', 'fireworks'] as const satisfies readonly Provider[];

const units = [
  ...(['hour', 'second', 'gb-month', 'gb', 'gb-hour', 'mtok', 'request-1000', 'request-10k', 'request-million', 'iops-month'] as const),
  ...(['mibps-month', 'vcpu-hour', 'acu-hour', 'alarm-month', 'metric-month', 'secret-month', 'parameter-month', 'key-month'] as const),
  'vm-hour',
] as const satisfies readonly Unit[];

/** An exact amount, never negative. */
export const decimal = z.unknown().transform((value, context) => {
  const message = faultOfDecimal(value);
  if (message === undefined) return Big(value as string);
  context.addIssue({ code: 'custom', message, input: value });
  return z.NEVER;
});

function faultOfDecimal(value: unknown): string | undefined {
  if (value === undefined) return 'is missing';
  if (typeof value === 'number') return `${value} must be text like "${value}", so that no digit of it is lost`;
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return `${JSON.stringify(value)} is not an amount like "0.1003"`;
  return value.startsWith('-') ? `${value} is negative; nothing is sold for less than nothing` : undefined;
}

/** What every written figure says of where it is from. */
export const provenance = {
  asOf: z.string().regex(/^(unknown|\d{4}(-\d{2}(-\d{2})?)?)$/, {
    error: (issue) => `${JSON.stringify(issue.input)} is not a year, month or day like 2026-07`,
  }),
  confidence: z.enum(['high', 'medium', 'low'] satisfies Confidence[]),
  source: z.string().min(1),
  note: z.string().optional(),
};

export const version = z.literal(bookVersion, {
  error: (issue) => `${JSON.stringify(issue.input)} is not a version that this dojang reads (${bookVersion}); use the one that wrote it`,
});

const tiers = z
  .array(z.strictObject({ from: decimal, usd: decimal }))
  .min(1)
  .refine((list) => list[0]?.from.eq('0') && list.every(({ from }, at) => at === 0 || from.gt(list[at - 1]?.from ?? '0')), {
    error: 'tiers must begin at "0" and grow',
  });

const price = z
  .strictObject({
    service: z.string().min(1),
    item: z.string().min(1),
    unit: z.enum(units),
    usd: decimal.optional(),
    tiers: tiers.optional(),
    free: z.strictObject({ quantity: decimal, pool: z.string().min(1) }).optional(),
    sku: z.string().min(1).optional(),
    ...provenance,
    alsoIn: z.string().min(1).optional(),
  })
  .transform(({ usd, tiers, ...rest }, context) => {
    if (usd && !tiers) return { ...rest, usd, tiers: [{ from: Big('0'), usd }] };
    if (tiers && !usd) return { ...rest, usd, tiers };
    context.addIssue({ code: 'custom', message: 'needs either usd or tiers', input: rest });
    return z.NEVER;
  });

export const bookFile = z.strictObject({
  version,
  provider: z.enum(providers),
  region: z.string().min(1),
  prices: z.array(price),
});

export type WrittenFile = z.infer<typeof bookFile>;

/** Reads JSON that may be cut off. */
export function parseJson(file: string, text: string): { readonly value: unknown } | { readonly fault: FileFault } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = `is not complete JSON (${messageOf(error)}); it was cut off or edited by hand`;
    return { fault: { file, path: '', message } };
  }
}

export function faultsOf(file: string, error: z.ZodError): FileFault[] {
  return error.issues.flatMap((issue) => {
    const { message, path } = issue;
    if (issue.code === 'unrecognized_keys') return [{ file, path: pathText(path), message: `unknown: ${issue.keys.join(', ')}` }];
    return [{ file, path: pathText(path), message: message.replace(/^Invalid/, 'invalid') }];
  });
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** The files of a book as they are committed; the same prices always give the same text. */
export function bookFiles(prices: readonly Price[]): BookFile[] {
  const byFile = Object.groupBy(prices, ({ provider, region }) => `${provider}/${region}.json`);
  return Object.entries(byFile).map(([name, ofFile = []]) => {
    const { provider, region } = ofFile[0] as Price;
    const sorted = ofFile.toSorted((one, other) => compare(one.service, other.service) || compare(one.item, other.item));
    const written = { version: bookVersion, provider, region, prices: sorted.map(writtenPrice) };
    return { name, text: `${JSON.stringify(written, null, 2)}\n` };
  });
}

function writtenPrice({ service, item, unit, tiers, free, pool, sku, asOf, confidence, source, alsoIn, note }: Price): object {
  const [only, ...more] = tiers;
  const amount =
    only && more.length === 0 ? { usd: text(only.usd) } : { tiers: tiers.map(({ from, usd }) => ({ from: text(from), usd: text(usd) })) };
  const allowance = free && { free: { quantity: text(free), pool: pool ?? `${service} ${item}` } };
  return {
    service,
    item,
    unit,
    ...amount,
    ...allowance,
    ...(sku && { sku }),
    asOf,
    confidence,
    source,
    ...(alsoIn && { alsoIn }),
    ...(note && { note }),
  };
}

/** Never in powers of ten. */
const text = (amount: Big) => amount.toFixed();

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
