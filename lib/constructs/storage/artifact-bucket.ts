/** Where releases lie before they are put on a host, and what the database is restored from. */
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { fixLogicalId } from '../fixed-id.ts';

/** Longer than the oldest nightly dump stays. */
const binaryLogDays = 35;

/** A private, versioned bucket. @default encrypted, TLS only, old versions kept for 30 days */
export class ArtifactBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        { id: 'old-versions', noncurrentVersionExpiration: Duration.days(30) },
        // The host itself removes dumps, of which the newest stay however old they are.
        { id: 'binary-logs', prefix: 'binlogs/', expiration: Duration.days(binaryLogDays) },
        { id: 'cut-off-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    fixLogicalId(this.bucket, 'Artifacts');
  }
}
