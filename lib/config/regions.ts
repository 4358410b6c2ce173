/**
 * The regions of either cloud, as far as a configuration is checked against them: a misspelt one
 * would be noticed only by the cloud.
 */
import * as z from 'zod';
import { didYouMean } from '../values/suggestion.ts';

/** Where a region that is newer than the lists is added, with the date of the list. */
interface RegionList {
  /** As a sentence names the cloud. */
  readonly cloud: 'AWS' | 'GCP';
  /** Month of the list. */
  readonly asOf: string;
  readonly names: readonly string[];
}

/**
 * Public regions, and those of China, of governments and of the European sovereign cloud.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; a test
 * compares them with those that the CDK knows.
 */
export const awsRegions: RegionList = {
  cloud: 'AWS',
  asOf: '2026-11',
  names: [
    ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
    ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7'],
    ...['ca-central-1', 'ca-west-1', 'cn-north-1', 'cn-northwest-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1'],
    ...['eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eusc-de-east-1', 'il-central-1', 'me-central-1', 'me-south-1'],
    ...['me-west-1', 'mx-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-gov-east-1', 'us-gov-west-1', 'us-west-1', 'us-west-2'],
  ],
};

/** https://cloud.google.com/compute/docs/regions-zones */
export const gcpRegions: RegionList = {
  cloud: 'GCP',
  asOf: '2026-11',
  names: [
    ...['africa-south1', 'asia-east1', 'asia-east2', 'asia-northeast1', 'asia-northeast2', 'asia-northeast3', 'asia-south1', 'asia-south2'],
    ...['asia-southeast1', 'asia-southeast2', 'asia-southeast3', 'australia-southeast1', 'australia-southeast2', 'europe-central2'],
    ...['europe-north1', 'europe-north2', 'europe-southwest1', 'europe-west1', 'europe-west2', 'europe-west3', 'europe-west4'],
    ...['europe-west6', 'europe-west8', 'europe-west9', 'europe-west10', 'europe-west12', 'me-central1', 'me-central2', 'me-west1'],
    ...['northamerica-northeast1', 'northamerica-northeast2', 'northamerica-south1', 'southamerica-east1', 'southamerica-west1'],
    ...['us-central1', 'us-east1', 'us-east4', 'us-east5', 'us-south1', 'us-west1', 'us-west2', 'us-west3', 'us-west4'],
  ],
};

/** Letters of a region's zones where they are not a, b and c. Same source as the regions. */
const otherZones: Readonly<Record<string, string>> = { 'us-central1': 'abcf', 'us-east1': 'bcd', 'europe-west1': 'bcd' };

/** The zones of a region of GCP, like `asia-northeast3-a`. */
export function gcpZones(region: string): string[] {
  return [...(otherZones[region] ?? 'abc')].map((letter) => `${region}-${letter}`);
}

/** A region by its name. */
export const regionOf = (list: RegionList) =>
  z.string().refine((name) => list.names.includes(name), { error: (issue) => unknownRegion(String(issue.input), list) });

/**
 * `ap-norteast-2 is no region of AWS; did you mean ap-northeast-2`, or where the list of regions is
 * when none is near.
 */
function unknownRegion(name: string, { cloud, asOf, names }: RegionList): string {
  const meant = didYouMean(name, names) || `; lib/config/regions.ts lists those of ${asOf}`;
  return `${name} is no region of ${cloud}${meant}`;
}
