/**
 * Which product of which AWS offer file is which price of the book. A product is taken when its
 * family and all its attributes match; `usagetype` is compared without the region's prefix
 * (`APN2-`). What has no row here is kept by hand.
 */
import { ec2, elb, fargate, transfer, vpc } from './aws-rows/machines.ts';
import type { OfferRow } from './aws-rows/row.ts';
import { cloudwatch, elasticache, rds, s3, secrets } from './aws-rows/services.ts';

const byOffer: Readonly<Record<string, readonly OfferRow[]>> = {
  AmazonEC2: ec2,
  AmazonVPC: vpc,
  AWSELB: elb,
  AmazonRDS: rds,
  AmazonElastiCache: elasticache,
  AmazonECS: fargate,
  AmazonS3: s3,
  AmazonCloudWatch: cloudwatch,
  AWSSecretsManager: secrets,
  AWSDataTransfer: transfer,
};

/** The offer files that hold prices of the book. */
export const offers = Object.keys(byOffer);

export function rowsOf(offer: string): readonly OfferRow[] {
  return byOffer[offer] ?? [];
}
