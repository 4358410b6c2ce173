/** What the picture of an environment shows: boxes in their clouds, and lines between them. */

import { usdText } from '../../../values/money.ts';
import type { Provider } from '../../component.ts';
import { sum } from '../../decimal.ts';
import type { CostReport, ResourceCost } from '../../estimate/report.ts';
import { providerName } from '../../render/format.ts';
import { labelFor } from './labels.ts';
import { linksOf, placeOf } from './links.ts';

export interface Box {
  readonly id: string;
  /** A heading, then smaller lines. */
  readonly lines: readonly string[];
}

interface Cloud {
  readonly provider: Provider;
  readonly name: string;
  readonly regions: readonly string[];
  readonly boxes: readonly Box[];
}

export interface Graph {
  readonly clouds: readonly Cloud[];
  /** By the ids of boxes; `internet` is one of its own. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

/** More boxes than this cannot be read; the dearest are shown and the others counted. */
const most = 12;

export function graphOf({ resources }: CostReport): Graph {
  const clouds = [...Map.groupBy(resources, ({ resource }) => resource.provider)].map(([provider, members]) => cloudOf(provider, members));
  const shown = new Set(clouds.flatMap(({ alone }) => alone.map(({ resource }) => resource)));
  const links = linksOf(
    resources.map(({ resource }) => resource),
    shown,
  );
  const edges = links
    .filter(({ from, to }) => (from === 'internet' || shown.has(from)) && shown.has(to))
    .map(({ from, to, label }) => ({ from: from === 'internet' ? from : placeOf(from), to: placeOf(to), label }));
  return { clouds: clouds.flatMap(({ cloud }) => (cloud.boxes.length > 0 ? cloud : [])), edges };
}

function cloudOf(provider: Provider, members: readonly ResourceCost[]): { cloud: Cloud; alone: readonly ResourceCost[] } {
  const named = members.filter(({ resource, known }) => known.as !== 'free' && labelFor(resource.type));
  const alone = named.toSorted((one, other) => other.amount.cmp(one.amount)).slice(0, most);
  const rest = members.filter((each) => each.known.as === 'billed' && !alone.includes(each));
  const regions = [...new Set(members.map(({ resource }) => resource.region))].filter((region) => region !== 'global');
  const boxes = [...alone.map(boxOf), ...(rest.length > 0 ? [together(provider, rest)] : [])];
  return { cloud: { provider, name: providerName[provider], regions, boxes }, alone };
}

function boxOf({ resource, amount, lines }: ResourceCost): Box {
  const { name = resource.type, kind } = labelFor(resource.type) ?? {};
  const detail = kind?.(resource.properties) ?? '';
  const unknown = lines.some((line) => line.amount === undefined) ? ' + ?' : '';
  return { id: placeOf(resource), lines: [name, ...(detail ? [detail] : []), `${usdText(amount)} USD${unknown}`] };
}

function together(provider: Provider, rest: readonly ResourceCost[]): Box {
  const amount = sum(rest.map((each) => each.amount));
  return { id: `${provider} rest`, lines: [`${rest.length} more`, `${usdText(amount)} USD`] };
}
