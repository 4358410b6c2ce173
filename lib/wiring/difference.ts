/** Compares the rules that should be there with those that are. */
import type { ActualRule, Rule } from './rule.ts';

export type RuleDifference =
  | { readonly kind: 'missing'; readonly rule: Rule }
  /** There, but not desired. */
  | { readonly kind: 'stray'; readonly rule: ActualRule };

/** The identity of a rule: two rules with the same key allow the same thing in the same place. */
export function ruleKey({ cloud, carrier, direction, protocol, ports, peer }: Rule): string {
  return [cloud, carrier, direction, protocol, ports?.join('-') ?? '', peer].join(' ');
}

/**
 * Missing rules first, each kind in the order given. A rule that is there twice is stray the second
 * time.
 */
export function ruleDifferences(desired: readonly Rule[], actual: readonly ActualRule[]): RuleDifference[] {
  const wanted = new Set(desired.map(ruleKey));
  const found = new Set<string>();
  const strays = actual.filter((rule) => {
    const key = ruleKey(rule);
    const isStray = !wanted.has(key) || found.has(key);
    found.add(key);
    return isStray;
  });
  const missing = desired.filter((rule) => !found.has(ruleKey(rule)));
  return [...missing.map((rule) => ({ kind: 'missing' as const, rule })), ...strays.map((rule) => ({ kind: 'stray' as const, rule }))];
}

/** A rule as shown in the terminal: `tcp 8443 from 203.0.113.10/32`. */
export function ruleText({ direction, protocol, ports, peer }: Rule): string {
  const range = !ports
    ? ''
    : ports[0] === ports[1]
      ? ` ${ports[0]}`
      : ports[0] === 0 && ports[1] === 65535
        ? ' every port'
        : ` ${ports[0]}-${ports[1]}`;
  return `${protocol}${range} ${direction === 'ingress' ? 'from' : 'to'} ${peer}`;
}
