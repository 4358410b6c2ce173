/** A review as plain data: amounts as exact decimal text, null where they are not known. */
import type { CostLine, CostReport, LineChange } from '../../estimate/report.ts';
import type { Review } from '../review.ts';

export function reviewData({ environment, cost, byPrices, clouds, risks, verdicts, runways }: Review) {
  return {
    environment,
    before: cost.before.total.toFixed(),
    after: cost.after.total.toFixed(),
    change: cost.known.toFixed(),
    byPrices: byPrices ? { before: byPrices.before.total.toFixed(), change: byPrices.known.toFixed() } : null,
    clouds: clouds.map(({ provider, before, after, change, open }) => ({
      provider,
      before: before.toFixed(),
      after: after.toFixed(),
      change: change.toFixed(),
      open,
    })),
    lines: cost.lines.map(lineData),
    unknown: cost.after.unknown.map(unknownData),
    opened: cost.opened.map(unknownData),
    closed: cost.closed.map(unknownData),
    risks: risks.map(({ kind, change, means }) => ({ kind, ...change, means })),
    policies: verdicts.map(({ policy, verdict, right, findings }) => ({
      policy,
      verdict,
      says: right,
      findings: findings.map(({ resource, ...finding }) => ({ ...finding, resource: resource ? placeOf(resource) : null })),
    })),
    runways: runways.map(({ provider, credit, before, after, open }) => ({
      provider,
      credit: credit.toFixed(),
      before: before ?? null,
      after: after ?? null,
      open,
    })),
  };
}

function unknownData({ resource, line, reason }: CostReport['unknown'][number]) {
  return { ...placeOf(resource), line: line?.name ?? null, reason };
}

function lineData({ resource, name, before, after, change }: LineChange) {
  return {
    ...placeOf(resource),
    provider: resource.provider,
    name,
    before: amountOf(before),
    after: amountOf(after),
    change: change?.toFixed() ?? null,
  };
}

function amountOf(line: CostLine | undefined) {
  return (
    line && { quantity: line.quantity?.toFixed() ?? null, unit: line.unit, item: line.price.item, amount: line.amount?.toFixed() ?? null }
  );
}

function placeOf({ stack, id, type }: { readonly stack: string; readonly id: string; readonly type: string }) {
  return { stack, id, type };
}
