/**
 * Reads a SKU of Google's Cloud Billing Catalog API (`GET v1/services/6F81-5844-456A/skus`). Used:
 * `skuId`, `description`, `category.{resourceFamily, usageType}`, `serviceRegions[]` and of the
 * newest `pricingInfo`: `effectiveTime`, `pricingExpression.{usageUnit,
 * tieredRates[].{startUsageAmount, unitPrice.{currencyCode, units, nanos}}}`.
 */
import * as z from 'zod';
import { Big } from '../../../values/decimal.ts';
import type { PriceKey } from '../../component.ts';
import type { Tier } from '../price.ts';
import { type SkuRow, skuRows } from './gcp-rows.ts';
import { type Candidate, type ListRead, type Refused, scopeText, skippedCounter, type Wanted } from './published-price.ts';

/** Numbers come as text from the reader, so that no digit is lost. */
const amount = z.coerce.string().regex(/^-?\d+(\.\d+)?$/);

const skuSchema = z.object({
  skuId: z.string(),
  description: z.string(),
  category: z.object({ resourceFamily: z.string(), resourceGroup: z.string().default(''), usageType: z.string() }),
  serviceRegions: z.array(z.string()),
  pricingInfo: z.array(
    z.object({
      effectiveTime: z.string().optional(),
      pricingExpression: z.object({
        usageUnit: z.string(),
        tieredRates: z.array(
          z.object({
            startUsageAmount: amount.default('0'),
            unitPrice: z.object({ currencyCode: z.string(), units: amount.default('0'), nanos: amount.default('0') }),
          }),
        ),
      }),
    }),
  ),
});

type Sku = z.infer<typeof skuSchema>;

/**
 * What one SKU is in the book, in each of its regions; nothing for the thousands that the book does
 * not have.
 */
export function readSku(written: unknown, wanted: Wanted): ListRead {
  const parsed = skuSchema.safeParse(written);
  if (!parsed.success) return nothing;
  const sku = parsed.data;
  const row = skuRows.find((one) => matches(one, sku));
  const counter = skippedCounter();
  const kind = [sku.category.resourceFamily, sku.category.resourceGroup].filter((part) => part !== '').join(' ');
  if (!row) {
    counter.unnamed(kind);
    return { ...nothing, skipped: counter.skipped };
  }
  const keys = sku.serviceRegions.map((region): PriceKey => ({ provider: 'gcp', service: row.service, region, item: row.item }));
  const taken = keys.filter((key) => wanted(key));
  if (taken.length === 0) counter.unwanted(kind);
  const read = taken.map((key) => candidateOf(key, row, sku));
  const scopes = keys.map((key) => scopeText(key));
  return {
    candidates: read.filter((one) => 'tiers' in one),
    refused: read.filter((one) => 'reason' in one),
    scopes,
    skipped: counter.skipped,
  };
}

const nothing: ListRead = { candidates: [], refused: [], scopes: [] };

function matches({ family, usageType, description }: SkuRow, sku: Sku): boolean {
  return sku.category.resourceFamily === family && sku.category.usageType === usageType && description.test(sku.description);
}

function candidateOf(key: PriceKey, { unit, published }: SkuRow, { skuId, pricingInfo }: Sku): Candidate | Refused {
  const newest = pricingInfo.toSorted((one, other) => ((one.effectiveTime ?? '') < (other.effectiveTime ?? '') ? 1 : -1))[0];
  if (!newest || newest.pricingExpression.tieredRates.length === 0) return { key, sku: skuId, reason: 'has no price' };
  const { usageUnit, tieredRates } = newest.pricingExpression;
  const foreign = tieredRates.find(({ unitPrice }) => unitPrice.currencyCode !== 'USD');
  if (foreign) return { key, sku: skuId, reason: `is priced in ${foreign.unitPrice.currencyCode}, not in USD` };
  if (!published.includes(usageUnit)) return { key, sku: skuId, reason: `is sold by ${usageUnit}, not by ${published[0]}` };
  const rates = tieredRates.map(({ startUsageAmount, unitPrice: { units, nanos } }) => ({
    from: Big(startUsageAmount),
    usd: Big(units).plus(Big(nanos).times('0.000000001')),
  }));
  const asOf = newest.effectiveTime?.slice(0, 10) ?? 'unknown';
  return { key, unit, ...withoutFreeTier(rates), sku: `6F81-5844-456A/${skuId}`, asOf, source: 'Google Cloud Billing Catalog' };
}

/**
 * Google writes an allowance as a first tier at 0; the book writes it as `free`, and counts the
 * tiers from where it ends.
 */
function withoutFreeTier(rates: readonly Tier[]): Pick<Candidate, 'tiers' | 'free'> {
  const [first, next] = rates;
  if (!first || !next || !first.usd.eq('0')) return { tiers: rates };
  return { free: next.from, tiers: rates.slice(1).map(({ from, usd }) => ({ from: from.minus(next.from), usd })) };
}
