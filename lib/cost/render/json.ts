/**
 * A report as plain data: what `--json` prints. Amounts and quantities are text, as a JSON number
 * would be a binary fraction; null where nothing is known, and with `atLeast` a part of it is.
 */
import type { CostLine, CostReport, ResourceCost } from '../estimate/report.ts';
import { sourceText } from '../prices/price.ts';
import { amountsData, knownAmount, knownByProvider, knownTotal } from './format.ts';

export function reportData(report: CostReport) {
  const { resources, unknown, rate } = report;
  const { total, atLeast } = knownTotal(report);
  return {
    unit: 'USD a month of 730 hours',
    total: total?.toFixed() ?? null,
    atLeast,
    byProvider: amountsData(knownByProvider(report)),
    rate: rate && { ...rate, krwPerUsd: rate.krwPerUsd.toFixed() },
    resources: resources.map(resourceData),
    unknown: unknown.map(({ resource: { provider, stack, id, type }, line, reason }) => ({
      provider,
      stack,
      id,
      type,
      line: line?.name,
      reason,
    })),
  };
}

function resourceData(cost: ResourceCost) {
  const { provider, region, stack, id, type } = cost.resource;
  const { amount, atLeast } = knownAmount(cost);
  return { provider, region, stack, id, type, ...cost.known, amount: amount?.toFixed() ?? null, atLeast, lines: cost.lines.map(lineData) };
}

function lineData({ name, quantity, unit, price, basis, share, reason, amount, found }: CostLine) {
  return {
    name,
    quantity: quantity?.toFixed() ?? null,
    unit,
    basis,
    share: share?.toFixed(),
    amount: amount?.toFixed() ?? null,
    reason,
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
