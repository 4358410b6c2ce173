/**
 * Reads an AWS offer file token by token and keeps only what the book wants. Used of the format v1:
 * `formatVersion`, `offerCode`, `publicationDate`, `products.<sku>.{productFamily, attributes}` and
 * `terms.OnDemand.<sku>.<sku.term>.priceDimensions.<rate>.{unit, beginRange, pricePerUnit.USD}`;
 * products come before terms.
 */
import type { Token } from 'stream-json/core/parser.js';
import { DojangError } from '../../../errors/dojang-error.ts';
import { Big } from '../../../values/decimal.ts';
import { nameOfProduct } from './aws-product.ts';
import { rowsOf } from './aws-rows.ts';
import { type Candidate, type ListRead, type Named, type Refused, scopeText, skippedCounter, type Wanted } from './published-price.ts';

interface Dimension {
  unit: string;
  beginRange: string;
  usd: string | undefined;
}

interface Found extends Named {
  readonly sku: string;
  /** By rate code. */
  readonly dimensions: Map<string, Dimension>;
}

/** Takes the tokens of one file in order; `finish` after the last. */
export class OfferReader {
  readonly #source: string;
  readonly #wanted: Wanted;
  readonly #found = new Map<string, Found>();
  readonly #scopes = new Set<string>();
  readonly #counter = skippedCounter();
  /** Key that leads into each level: `products`, a SKU, `attributes`, a name. */
  readonly #path: string[] = [];
  #depth = 0;
  #closed = false;
  #family = '';
  #attributes: Record<string, string> = {};
  readonly #head: Record<string, string> = {};

  constructor(source: string, wanted: Wanted) {
    this.#source = source;
    this.#wanted = wanted;
  }

  take(token: Token): void {
    switch (token.name) {
      case 'keyValue':
        this.#path[this.#depth - 1] = token.value;
        break;
      case 'stringValue':
        this.#value(token.value);
        break;
      case 'startObject':
      case 'startArray':
        this.#depth += 1;
        break;
      case 'endObject':
      case 'endArray':
        this.#end();
    }
  }

  /** @throws DojangError when the file is not an offer file, of a newer format, or cut off. */
  finish(): ListRead {
    const { offerCode, publicationDate } = this.#head;
    if (!this.#closed) throw notAnOffer(this.#source, 'it ends in the middle: it was cut off', 'fetch it again');
    if (!offerCode || !publicationDate) throw notAnOffer(this.#source, 'it has no offerCode and publicationDate');
    const read = [...this.#found.values()].map((found) => this.#candidate(found, publicationDate.slice(0, 10)));
    const candidates = read.flatMap((one) => ('reason' in one ? [] : [one]));
    const { skipped } = this.#counter;
    return { candidates, skipped, scopes: [...this.#scopes], refused: read.flatMap((one) => ('reason' in one ? [one] : [])) };
  }

  #end(): void {
    this.#depth -= 1;
    if (this.#depth === 2 && this.#path[0] === 'products') this.#product();
    if (this.#depth === 0) this.#closed = true;
  }

  #value(value: string): void {
    const path = this.#path;
    if (this.#depth === 1) this.#headValue(path[0] ?? '', value);
    else if (path[0] === 'products') this.#productValue(value);
    else if (path[0] === 'terms' && path[1] === 'OnDemand') this.#termValue(value);
  }

  #headValue(name: string, value: string): void {
    this.#head[name] = value;
    if (name === 'formatVersion' && value !== 'v1.0') {
      throw notAnOffer(this.#source, `its format is ${value} and this dojang reads v1.0`, 'use a newer dojang');
    }
  }

  #productValue(value: string): void {
    const [, , field, name] = this.#path;
    if (this.#depth === 3 && field === 'productFamily') this.#family = value;
    else if (this.#depth === 4 && field === 'attributes' && name !== undefined) this.#attributes[name] = value;
  }

  #product(): void {
    const sku = this.#path[1] ?? '';
    const product = { sku, productFamily: this.#family, attributes: this.#attributes };
    this.#family = '';
    this.#attributes = {};
    const offer = this.#head.offerCode ?? '';
    const named = nameOfProduct(offer, product);
    this.#scope(offer, product.attributes);
    const kind = product.productFamily || product.attributes.group || product.attributes.usagetype || 'no family';
    if (!named) this.#counter.unnamed(kind);
    else if (this.#wanted(named.key)) this.#found.set(sku, { ...named, sku, dimensions: new Map() });
    else this.#counter.unwanted(kind);
  }

  /**
   * A list of a region speaks of all services that its rows are of, also where no product of it has
   * a name here.
   */
  #scope(offer: string, { regionCode, fromRegionCode }: Record<string, string>): void {
    const region = regionCode ?? fromRegionCode;
    if (region === undefined) return;
    for (const { service } of rowsOf(offer)) this.#scopes.add(scopeText({ provider: 'aws', service, region, item: '' }));
  }

  #termValue(value: string): void {
    const [, , sku = '', , part, rate = '', field, currency] = this.#path;
    if (part !== 'priceDimensions' || this.#depth < 7) return;
    const found = this.#found.get(sku);
    if (!found) return;
    const dimension = found.dimensions.get(rate) ?? { unit: '', beginRange: '0', usd: undefined };
    found.dimensions.set(rate, dimension);
    if (this.#depth === 7 && (field === 'unit' || field === 'beginRange')) dimension[field] = value;
    if (this.#depth === 8 && field === 'pricePerUnit' && currency === 'USD') dimension.usd = value;
  }

  #candidate({ key, unit, published, factor = Big('1'), sku, dimensions }: Found, asOf: string): Candidate | Refused {
    const rates = [...dimensions.values()];
    const other = rates.find((rate) => !published.includes(rate.unit));
    if (rates.length === 0) return { key, sku, reason: 'has no on-demand price' };
    if (other) return { key, sku, reason: `is sold by ${other.unit}, not by ${published[0]}` };
    if (rates.some(({ usd }) => usd === undefined)) return { key, sku, reason: 'has no price in USD' };
    const tiers = rates
      .map(({ beginRange, usd = '' }) => ({ from: Big(beginRange).div(factor), usd: Big(usd).times(factor) }))
      .toSorted((one, next) => one.from.cmp(next.from));
    return { key, unit, tiers, sku, asOf, source: `AWS Price List, ${this.#head.offerCode}` };
  }
}

function notAnOffer(source: string, why: string, next = 'take a file like offers/v1.0/aws/AmazonEC2/current/<region>/index.json') {
  return new DojangError('not-an-offer-file', `${source} is not an AWS offer file that can be used: ${why}`, { next });
}
