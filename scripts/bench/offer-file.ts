/**
 * Writes AWS offer files in the official format (`formatVersion` v1.0), of any size, for benchmarks
 * and tests.
 */
import type { Price } from '../../lib/cost/prices/price.ts';

export interface OfferFile {
  readonly region: string;
  /** Machines of the book: they are spread over the file with the price that they have here. */
  readonly machines: readonly Pick<Price, 'item' | 'tiers'>[];
  /** At least so large. */
  readonly bytes: number;
}

interface Product {
  readonly sku: string;
  readonly instanceType: string;
  readonly usd: string;
  /** A machine of the book; what is not differs in one attribute only, as in the real file. */
  readonly wanted: boolean;
}

/** What one product takes with its on-demand and reserved terms. */
const bytesOfProduct = 7_950;
const purchases = ['No Upfront', 'Partial Upfront', 'All Upfront'];
const reserved = ['1yr', '3yr'].flatMap((lease) =>
  purchases.map((purchase, at) => ({ lease, purchase, code: `${lease === '1yr' ? 'R1' : 'R3'}TERM000${at}` })),
);

/** The text in pieces. The same input always gives the same text. */
export function* offerText({ region, machines, bytes }: OfferFile): Generator<string> {
  const count = Math.max(machines.length, Math.ceil(bytes / bytesOfProduct));
  const products = () => productsOf(machines, count);
  yield `{\n"formatVersion" : "v1.0",\n"disclaimer" : "generated for a benchmark",\n"offerCode" : "AmazonEC2",\n`;
  yield `"version" : "20261101000000",\n"publicationDate" : "2026-11-01T00:00:00Z",\n"products" : {\n`;
  yield* entries(products(), (product) => [product.sku, productOf(product, region)]);
  yield '},\n"terms" : {\n"OnDemand" : {\n';
  yield* entries(products(), (product) => [product.sku, onDemand(product)]);
  yield '},\n"Reserved" : {\n';
  yield* entries(products(), (product) => [product.sku, reservedOf(product)]);
  yield '}\n},\n"attributesList" : {}\n}\n';
}

function* productsOf(machines: OfferFile['machines'], count: number): Generator<Product> {
  const step = Math.max(1, Math.floor(count / Math.max(1, machines.length)));
  for (let at = 0; at < count; at += 1) {
    const machine = at % step === 0 ? machines[at / step] : undefined;
    const usd = machine?.tiers[0]?.usd.toFixed(10) ?? '9.9900000000';
    yield { sku: skuOf(at), instanceType: machine?.item ?? `x${at % 997}.large`, usd, wanted: machine !== undefined };
  }
}

function* entries(products: Iterable<Product>, entry: (product: Product) => readonly [string, object]): Generator<string> {
  let separator = '';
  for (const product of products) {
    const [key, value] = entry(product);
    yield `${separator}${JSON.stringify(key)} : ${JSON.stringify(value, null, 2)}`;
    separator = ',\n';
  }
  yield '\n';
}

/** Sixteen letters and digits that differ for every number. */
function skuOf(at: number): string {
  return `S${at.toString(36).toUpperCase().padStart(15, '0')}`;
}

function productOf({ sku, instanceType, wanted }: Product, region: string): object {
  return {
    sku,
    productFamily: 'Compute Instance',
    attributes: {
      servicecode: 'AmazonEC2',
      location: 'Asia Pacific (Seoul)',
      locationType: 'AWS Region',
      instanceType,
      currentGeneration: 'Yes',
      instanceFamily: 'General purpose',
      vcpu: '2',
      physicalProcessor: 'AWS Graviton3 Processor',
      clockSpeed: '2.5 GHz',
      memory: '8 GiB',
      storage: 'EBS only',
      networkPerformance: 'Up to 12500 Megabit',
      processorArchitecture: '64-bit',
      tenancy: wanted ? 'Shared' : 'Dedicated',
      operatingSystem: 'Linux',
      licenseModel: 'No License required',
      usagetype: `APN2-${wanted ? 'BoxUsage' : 'DedicatedUsage'}:${instanceType}`,
      operation: 'RunInstances',
      availabilityzone: 'NA',
      capacitystatus: 'Used',
      classicnetworkingsupport: 'false',
      dedicatedEbsThroughput: 'Up to 10000 Mbps',
      ecu: 'NA',
      enhancedNetworkingSupported: 'Yes',
      gpuMemory: 'NA',
      marketoption: 'OnDemand',
      normalizationSizeFactor: '4',
      preInstalledSw: 'NA',
      regionCode: region,
      servicename: 'Amazon Elastic Compute Cloud',
      vpcnetworkingsupport: 'true',
    },
  };
}

function onDemand({ sku, usd, instanceType }: Product): object {
  const code = `${sku}.JRTCKXETXF`;
  const description = `$${usd} per On Demand Linux ${instanceType} Instance Hour`;
  return { [code]: term(sku, code, {}, [dimension(`${code}.6YS6EN2CT7`, description, 'Hrs', usd)]) };
}

function reservedOf({ sku, instanceType }: Product): object {
  return Object.fromEntries(
    reserved.map(({ lease, purchase, code }) => {
      const full = `${sku}.${code}`;
      const attributes = { LeaseContractLength: lease, OfferingClass: 'standard', PurchaseOption: purchase };
      const hourly = dimension(
        `${full}.6YS6EN2CT7`,
        `Linux/UNIX (Amazon VPC), ${instanceType} reserved instance applied`,
        'Hrs',
        '0.0500000000',
      );
      return [full, term(sku, full, attributes, [dimension(`${full}.2TG2D8R56U`, 'Upfront Fee', 'Quantity', '438'), hourly])];
    }),
  );
}

function term(sku: string, code: string, termAttributes: object, dimensions: readonly { readonly rateCode: string }[]): object {
  return {
    offerTermCode: code.slice(sku.length + 1),
    sku,
    effectiveDate: '2026-11-01T00:00:00Z',
    priceDimensions: Object.fromEntries(dimensions.map((one) => [one.rateCode, one])),
    termAttributes,
  };
}

function dimension(rateCode: string, description: string, unit: string, usd: string) {
  return { rateCode, description, beginRange: '0', endRange: 'Inf', unit, appliesTo: [], pricePerUnit: { USD: usd } };
}
