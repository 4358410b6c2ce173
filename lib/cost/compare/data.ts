/** The comparison as plain data. */
import type { Price } from '../price.ts';
import type { Comparison } from './comparison.ts';
import type { Figure } from './figure.ts';
import type { Reckoned } from './reckon.ts';

export function comparisonData({ sections, loads, vendors, bill }: Comparison) {
  return {
    sections: sections.map((section) => ({ ...section, figures: section.figures.map(figureData) })),
    loads: loads.map(({ requests, users, choices }) => ({
      requestsADay: requests.toFixed(),
      dailyUsers: users ?? null,
      usdAMonth: Object.fromEntries([...choices].map(([choice, usd]) => [choice, usd?.toFixed(2) ?? null])),
    })),
    vendors: vendors.map(({ name, credit, stated, today, owed, note }) => ({
      name,
      credit: credit?.toFixed(2) ?? null,
      stated: reckonedData(stated),
      today: reckonedData(today),
      owedIn12Weeks: owed?.toFixed(2) ?? null,
      note,
    })),
    bill: {
      total: bill.total.toFixed(),
      stated: bill.stated.toFixed(),
      leftOut: bill.leftOut.toFixed(),
      discounts: bill.discounts.toFixed(),
      lines: bill.lines.map(({ provider, resource, line, stated }) => ({
        provider,
        resource,
        name: line.name,
        quantity: line.quantity?.toFixed() ?? null,
        unit: line.unit,
        amount: line.amount?.toFixed() ?? null,
        because: line.because,
        stated: stated?.toFixed() ?? null,
        price: line.found && priceData(line.found),
      })),
    },
  };
}

function figureData({ derived, today, ...figure }: Figure) {
  return { ...figure, derived: reckonedData(derived), today: reckonedData(today) };
}

function reckonedData(reckoned: Reckoned | undefined) {
  if (!reckoned) return null;
  return { value: reckoned.value?.toFixed() ?? null, text: reckoned.text, prices: reckoned.prices.map(priceData) };
}

function priceData({ provider, service, region, item, asOf, source, confidence }: Price) {
  return { provider, service, region, item, asOf, source, confidence };
}
