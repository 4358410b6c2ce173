/** A report as plain data: what `--json` prints. Amounts and quantities are text, as a JSON number would be a binary fraction. */
import { sourceText } from '../price.ts';
import type { CostLine, CostReport, ResourceCost } from '../report.ts';

export function reportData({ resources, total, byProvider, unknown, rate }: CostReport) {
  return {
    unit: 'USD a month of 730 hours',
    total: total.toFixed(),
    byProvider: Object.fromEntries([...byProvider].map(([provider, amount]) => [provider, amount.toFixed()])),
    rate: rate && { ...rate, krwPerUsd: rate.krwPerUsd.toFixed() },
    resources: resources.map(resourceData),
    unknown: unknown.map(({ resource: { provider, stack, id, type }, line, because }) => ({
      provider,
      stack,
      id,
      type,
      line: line?.name,
      because,
    })),
  };
}

function resourceData({ resource: { provider, region, stack, id, type }, known, lines, amount }: ResourceCost) {
  return { provider, region, stack, id, type, ...known, amount: amount.toFixed(), lines: lines.map(lineData) };
}

function lineData({ name, quantity, unit, price, basis, share, because, amount, found }: CostLine) {
  return {
    name,
    quantity: quantity?.toFixed() ?? null,
    unit,
    basis,
    share: share?.toFixed(),
    amount: amount?.toFixed() ?? null,
    because,
    price: {
      ...price,
      tiers: found?.tiers.map(({ from, usd }) => ({ from: from.toFixed(), usd: usd.toFixed() })),
      free: found?.free?.toFixed(),
      sku: found?.sku,
      asOf: found?.asOf,
      source: found && sourceText(found),
      confidence: found?.confidence,
    },
  };
}
